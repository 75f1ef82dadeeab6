using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DssPipeline.Pipelines.Tests;

/// <summary>Runs an expanded pipeline on one agent, stage after stage, as Azure Pipelines would; only the world is a sandbox without the inside of the machine.</summary>
internal sealed partial class LocalPipeline(Agent agent)
{
    // What stages and steps have said so far, by every path that a condition can name it by.
    private readonly Dictionary<string, JsonNode?> said = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, bool> stages = new(StringComparer.Ordinal);
    private readonly List<StepRun> steps = [];
    private readonly List<TaskRun> scripts = [];
    private readonly HashSet<string> skipped = new(StringComparer.Ordinal);

    public IReadOnlyList<StepRun> Steps => steps;

    /// <summary>The steps between those of our task that are scripts of the templates.</summary>
    public IReadOnlyList<TaskRun> Scripts => scripts;

    /// <summary>Stages whose condition was not met.</summary>
    public IReadOnlySet<string> Skipped => skipped;

    /// <summary>What happens before a stage begins, such as a world that moves while somebody thinks about the approval.</summary>
    public Action<string> Before { get; init; } = _ => { };

    /// <summary>Folder of the world, which outlives the run.</summary>
    public string World => Path.Combine(agent.Sources, "..", "world");

    public async Task RunAsync(IEnumerable<JsonObject> stages)
    {
        agent.ForgetArtifacts();
        await RunStagesAsync(stages);
    }

    /// <summary>Tries stages of the same run once more.</summary>
    public async Task RetryAsync(IEnumerable<JsonObject> stages)
    {
        agent.Variables["SYSTEM_JOBATTEMPT"] = "2";
        await RunStagesAsync(stages);
    }

    private async Task RunStagesAsync(IEnumerable<JsonObject> stages)
    {
        foreach (var stage in stages)
        {
            var name = $"{stage["stage"]}";
            Before(name);
            if (Begins(stage)) await RunStageAsync(name, stage);
            else skipped.Add(name);
        }
    }

    private bool Begins(JsonObject stage)
    {
        var needs = stage["dependsOn"] switch { JsonArray list => list.Select(need => $"{need}").ToList(), { } one => [$"{one}"], _ => [] };
        said["succeeded"] = needs.TrueForAll(need => stages.GetValueOrDefault(need));
        said["failed"] = needs.Exists(need => stages.TryGetValue(need, out var good) && !good);
        return Expression.IsTrue(Expression.Evaluate($"{stage["condition"] ?? "succeeded()"}", said));
    }

    private async Task RunStageAsync(string name, JsonObject stage)
    {
        stages[name] = true;
        foreach (var job in stage["jobs"]!.AsArray().Select(job => job!.AsObject()))
        {
            var variables = (stage["variables"] as JsonObject ?? []).ToDictionary(pair => pair.Key, pair => Runtime($"{pair.Value}"), StringComparer.OrdinalIgnoreCase);
            foreach (var leg in Legs(job)) await RunJobAsync(name, variables.Concat(leg), job);
        }
    }

    /// <summary>The variables of each job that a matrix makes; of the only one where there is none.</summary>
    private IEnumerable<Dictionary<string, string>> Legs(JsonObject job) => job["strategy"]?["matrix"] is { } matrix
        ? JsonNode.Parse(Runtime($"{matrix}"))!.AsObject().Select(leg => leg.Value!.AsObject().ToDictionary(pair => pair.Key, pair => $"{pair.Value}", StringComparer.OrdinalIgnoreCase))
        : [[]];

    private async Task RunJobAsync(string stage, IEnumerable<KeyValuePair<string, string>> variables, JsonObject job)
    {
        agent.CleanTemp();
        var known = variables.ToDictionary(StringComparer.OrdinalIgnoreCase);
        var good = true;
        var list = job["steps"] ?? job["strategy"]!["runOnce"]!["deploy"]!["steps"]!;
        foreach (var step in list.AsArray().Select(step => step!.AsObject()))
        {
            if (!good && $"{step["condition"] ?? "succeeded()"}" == "succeeded()") continue;
            if (step["task"]?.ToString() == TaskFiles.Name) good = await RunTaskAsync(stage, $"{job["job"] ?? job["deployment"]}", step, known);
            else if (step["bash"] is not null) good = await RunScriptAsync(stage, $"{job["job"] ?? job["deployment"]}", step, known);
            else if (step["publish"] is { } kept) good &= agent.Keep(Macros($"{kept}", known), Macros($"{step["artifact"]}", known));
            else if ($"{step["download"]}" == "current") agent.Fetch(Macros($"{step["artifact"]}", known));
            else Assert.True(step.ContainsKey("checkout") || step.ContainsKey("download") || step["task"]?.ToString() == "UseDotNet@2", $"This runner does not know the step {step}.");
        }

        stages[stage] &= good;
    }

    private async Task<bool> RunTaskAsync(string stage, string job, JsonObject step, Dictionary<string, string> known)
    {
        var inputs = step["inputs"]!.AsObject().ToDictionary(pair => pair.Key, pair => Macros($"{pair.Value}", known), StringComparer.Ordinal);
        var real = step["inputs"]!["azureSubscription"] is not null;
        if (real) (inputs["azureSubscription"], inputs["sandbox"]) = (Agent.Connection, World);
        if (inputs["target"] != "Fleet") inputs["arguments"] += "\n--machine=none";
        var run = await agent.RunAsync([.. inputs.Select(pair => (pair.Key, pair.Value))]);
        steps.Add(new(stage, $"{step["name"]}", inputs, run));
        Say(stage, job, step, run);
        foreach (var (name, value) in run.Outputs) known[$"{step["name"]}.{name}"] = value;
        return run.Result != "Failed";
    }

    private async Task<bool> RunScriptAsync(string stage, string job, JsonObject step, Dictionary<string, string> known)
    {
        var environment = (step["env"] as JsonObject ?? []).Select(pair => (pair.Key, Macros($"{pair.Value}", known)));
        var run = await agent.ScriptAsync(Macros($"{step["bash"]}", known), [.. environment]);
        scripts.Add(run);
        Say(stage, job, step, run);
        return run.Exit == 0;
    }

    private void Say(string stage, string job, JsonObject step, TaskRun run)
    {
        foreach (var (name, value) in run.Outputs)
        {
            said[$"dependencies.{stage}.outputs.{job}.{step["name"]}.{name}"] = value;
            said[$"stageDependencies.{stage}.{job}.outputs.{step["name"]}.{name}"] = value;
        }
    }

    private string Runtime(string text) => RuntimeExpression().Match(text) is { Success: true } match ? Expression.Text(Expression.Evaluate(match.Groups["expression"].Value, said)) : text;

    private string Macros(string text, Dictionary<string, string> known) =>
        Macro().Replace(text, match => known.TryGetValue(match.Groups["name"].Value, out var value) ? value : agent.Variable(match.Groups["name"].Value) ?? match.Value);

    [GeneratedRegex(@"^\$\[\s*(?<expression>.*?)\s*\]$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RuntimeExpression();

    [GeneratedRegex(@"\$\((?<name>[\w.]+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Macro();
}
