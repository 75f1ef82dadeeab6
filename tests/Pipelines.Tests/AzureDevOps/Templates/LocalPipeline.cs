using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DssPipeline.Pipelines.Tests;

/// <summary>Runs an expanded pipeline on one agent, stage after stage, as Azure Pipelines would; only the world is a sandbox without the inside of the machine.</summary>
internal sealed partial class LocalPipeline(Agent agent)
{
    // What stages and steps have said so far, by every path that a condition can name it by.
    private readonly Dictionary<string, JsonNode?> said = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<StepRun> steps = [];
    private readonly HashSet<string> skipped = new(StringComparer.Ordinal);

    public IReadOnlyList<StepRun> Steps => steps;

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
            if (stage["condition"] is { } condition && !Expression.IsTrue(Expression.Evaluate($"{condition}", said))) skipped.Add(name);
            else foreach (var job in stage["jobs"]!.AsArray()) await RunJobAsync(name, stage["variables"] as JsonObject, job!.AsObject());
        }
    }

    private async Task RunJobAsync(string stage, JsonObject? variables, JsonObject job)
    {
        agent.CleanTemp();
        var known = (variables ?? []).ToDictionary(pair => pair.Key, pair => Runtime($"{pair.Value}"), StringComparer.OrdinalIgnoreCase);
        var list = job["steps"] ?? job["strategy"]!["runOnce"]!["deploy"]!["steps"]!;
        foreach (var step in list.AsArray().Select(step => step!.AsObject()))
        {
            if (step["task"]?.ToString() == TaskFiles.Name) await RunTaskAsync(stage, $"{job["job"] ?? job["deployment"]}", step, known);
            else if (step["bash"] is not null) await RunScriptAsync(stage, $"{job["job"] ?? job["deployment"]}", step, known);
            else if (step["publish"] is { } kept) agent.Keep(Macros($"{kept}", known), Macros($"{step["artifact"]}", known));
            else if (step["download"] is not null) agent.Fetch(Macros($"{step["artifact"]}", known));
            else Assert.True(step.ContainsKey("checkout") || step["task"]?.ToString() == "UseDotNet@2", $"This runner does not know the step {step}.");
        }
    }

    private async Task RunTaskAsync(string stage, string job, JsonObject step, Dictionary<string, string> known)
    {
        var inputs = step["inputs"]!.AsObject().ToDictionary(pair => pair.Key, pair => Macros($"{pair.Value}", known), StringComparer.Ordinal);
        var real = step["inputs"]!["azureSubscription"] is not null;
        if (real) (inputs["azureSubscription"], inputs["sandbox"]) = (Agent.Connection, World);
        inputs["arguments"] += "\n--machine=none";
        var run = await agent.RunAsync([.. inputs.Select(pair => (pair.Key, pair.Value))]);
        steps.Add(new(stage, $"{step["name"]}", inputs, run));
        Say(stage, job, step, run);
    }

    private async Task RunScriptAsync(string stage, string job, JsonObject step, Dictionary<string, string> known)
    {
        var environment = (step["env"] as JsonObject ?? []).Select(pair => (pair.Key, Macros($"{pair.Value}", known)));
        Say(stage, job, step, await agent.ScriptAsync(Macros($"{step["bash"]}", known), [.. environment]));
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
