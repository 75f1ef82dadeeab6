using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DssPipeline.Pipelines.Tests;

/// <summary>The templates say the same verbs as GitHub's workflows, in the words of Azure Pipelines, and carry no secret.</summary>
public sealed partial class TemplateTests
{
    private static readonly string[] Verbs = ["rehearse", "plan", "deploy", "drift", "destroy", "fleet"];

    // What Azure Pipelines takes at each place, as far as the templates use it.
    private static readonly Dictionary<string, string[]> Known = new(StringComparer.Ordinal)
    {
        ["stage"] = ["stage", "displayName", "dependsOn", "condition", "lockBehavior", "variables", "jobs"],
        ["job"] = ["job", "displayName", "dependsOn", "pool", "timeoutInMinutes", "strategy", "steps"],
        ["deployment"] = ["deployment", "displayName", "pool", "timeoutInMinutes", "environment", "strategy"],
        ["checkout"] = ["checkout", "fetchDepth"],
        ["task"] = ["task", "name", "displayName", "inputs", "env"],
        ["bash"] = ["bash", "name", "displayName", "env"],
        ["publish"] = ["publish", "displayName", "artifact", "condition"],
        ["download"] = ["download", "displayName", "artifact"],
    };

    public static TheoryData<string> Files => [.. Verbs.Select(verb => $"{verb}.yml"), "steps/run.yml"];

    [Fact]
    public void Verbs_are_those_of_the_workflows()
    {
        var ours = Directory.GetFiles(TaskFiles.Templates, "*.yml").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal);
        var theirs = WorkflowFiles.Sources.Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal);

        Assert.Equal(Verbs.Order(StringComparer.Ordinal), ours);
        Assert.Equal(theirs, ours);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Parameters_are_typed_described_and_used(string file)
    {
        var text = File.ReadAllText(Path.Combine(TaskFiles.Templates, file));
        var declared = Parameters(file);

        Assert.All(declared, parameter =>
        {
            Assert.Matches("^(string|number|boolean|object)$", $"{parameter["type"]}");
            Assert.InRange($"{parameter["displayName"]}".Length, 5, 160);
        });
        var names = declared.Select(parameter => $"{parameter["name"]}").ToHashSet(StringComparer.Ordinal);
        Assert.Equal(names.Order(StringComparer.Ordinal), Used().Matches(text).Select(match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("rehearse", false, "Deploy", "Drift")]
    [InlineData("plan", false, "Plan")]
    [InlineData("deploy", true, "Plan", "Deploy")]
    [InlineData("drift", false, "Drift")]
    [InlineData("destroy", true, "Destroy")]
    [InlineData("fleet", true, "Fleet", "Plan", "Deploy", "Plan", "Deploy", "Plan", "Deploy", "Plan", "Deploy", "Plan", "Deploy")]
    public void A_template_runs_its_verb_and_what_writes_to_Azure_waits_for_approval_and_for_its_turn(string verb, bool writes, params string[] targets)
    {
        var stages = Stages(verb);
        var last = stages[^1];

        Assert.Equal(targets, Steps(stages).Where(step => $"{step["task"]}" == TaskFiles.Name).Select(step => $"{step["inputs"]!["target"]}"));
        Assert.Equal(writes, last["jobs"]![0]!["deployment"] is not null);
        Assert.Equal(writes ? "sequential" : "", $"{last["lockBehavior"]}");
        Assert.Equal(writes ? "guarded" : "", $"{last["jobs"]![0]!["environment"]}");
    }

    [Fact]
    public void A_deploy_makes_exactly_the_plan_of_the_stage_before_it()
    {
        var stages = Stages("deploy");
        var step = Steps([stages[1]]).Single(step => $"{step["task"]}" == TaskFiles.Name);

        Assert.Equal("Plan_a_b_c", $"{stages[0]["stage"]}");
        Assert.Equal("Plan_a_b_c", $"{stages[1]["dependsOn"]}");
        Assert.Equal("$[ stageDependencies.Plan_a_b_c.plan.outputs['dss.digest'] ]", $"{stages[1]["variables"]!["approvedDigest"]}");
        Assert.Equal("$[ stageDependencies.Plan_a_b_c.plan.outputs['kept.artifact'] ]", $"{stages[1]["variables"]!["approvedPlan"]}");
        Assert.Equal("$(approvedDigest)", $"{step["inputs"]!["approve"]}");
        Assert.Contains("--approve-plan=$(Pipeline.Workspace)/$(approvedPlan)/plan.json", $"{step["inputs"]!["arguments"]}", StringComparison.Ordinal);
    }

    [Fact]
    public void A_ring_is_approved_as_a_whole_before_any_of_its_members_is_made()
    {
        var deploy = Stages("fleet")[2];

        Assert.Equal("""["Fleet_a_b_c","Plan_a_b_c_1"]""", deploy["dependsOn"]!.ToJsonString());
        Assert.Equal("approval", $"{deploy["jobs"]![1]!["dependsOn"]}");
        Assert.Equal("$[ stageDependencies.Fleet_a_b_c.fleet.outputs['dss.ring1'] ]", $"{deploy["jobs"]![1]!["strategy"]!["matrix"]}");
        Assert.Equal("""["Fleet_a_b_c","Deploy_a_b_c_1"]""", Stages("fleet")[3]["dependsOn"]!.ToJsonString());
    }

    [Theory]
    [InlineData("deploy")]
    [InlineData("destroy")]
    [InlineData("fleet")]
    public void What_writes_to_Azure_is_not_ended_after_the_hour_that_Azure_Pipelines_gives_by_itself(string verb)
    {
        var jobs = Stages(verb).SelectMany(stage => stage["jobs"]!.AsArray()).Where(job => $"{Steps(job!).LastOrDefault(step => step["task"]?.ToString() == TaskFiles.Name)?["inputs"]!["target"]}" is "Deploy" or "Destroy").ToList();

        Assert.NotEmpty(jobs);
        Assert.All(jobs, job => Assert.Equal("360", $"{job!["timeoutInMinutes"]}"));
    }

    [Fact]
    public void A_rehearsal_needs_nobody_and_keeps_its_world_between_its_steps()
    {
        var steps = Steps(Stages("rehearse")).Where(step => $"{step["task"]}" == TaskFiles.Name).ToList();

        Assert.All(steps, step => Assert.Null(step["inputs"]!["azureSubscription"]));
        Assert.Single(steps.Select(step => $"{step["inputs"]!["sandbox"]}").Distinct(StringComparer.Ordinal));
        Assert.All(steps, step => Assert.Null(step["env"]));
    }

    [Fact]
    public void Secrets_come_from_variables_by_name()
    {
        var step = Steps(Stages("plan")).Single(step => $"{step["task"]}" == TaskFiles.Name);

        Assert.Equal("""{"DSS_LICENSE":"$(DSS_LICENSE)"}""", step["env"]!.ToJsonString());
    }

    [Theory]
    [MemberData(nameof(Verbed))]
    public void Stages_jobs_and_steps_have_keys_that_Azure_Pipelines_knows(string verb)
    {
        foreach (var stage in Stages(verb))
        {
            AssertKnown(stage);
            foreach (var job in stage["jobs"]!.AsArray()) AssertKnown(job!.AsObject());
            foreach (var step in Steps([stage]))
            {
                AssertKnown(step);
                if ($"{step["task"]}" == TaskFiles.Name) Assert.Empty(step["inputs"]!.AsObject().Select(input => input.Key).Except(TaskFiles.Inputs.Select(input => $"{input["name"]}"), StringComparer.Ordinal));
            }
        }
    }

    public static TheoryData<string> Verbed => [.. Verbs];

    private static void AssertKnown(JsonObject item)
    {
        var kind = item.First().Key;

        Assert.True(Known.TryGetValue(kind, out var known), $"Nobody knows {kind}.");
        Assert.Empty(item.Select(pair => pair.Key).Except(known!, StringComparer.Ordinal));
    }

    private static IReadOnlyList<JsonObject> Parameters(string file) =>
        [.. PipelineYaml.Load(Path.Combine(TaskFiles.Templates, file))["parameters"]!.AsArray().Select(parameter => parameter!.AsObject())];

    private static IReadOnlyList<JsonObject> Stages(string verb)
    {
        var given = new JsonObject { ["label"] = "a-b.c" };
        var declared = Parameters($"{verb}.yml").Select(parameter => $"{parameter["name"]}").ToHashSet(StringComparer.Ordinal);
        foreach (var (name, value) in new[] { ("serviceConnection", "azure"), ("approvals", "guarded"), ("confirm", "demo"), ("manifests", "fleet/*/*.yml") }.Where(pair => declared.Contains(pair.Item1))) given[name] = value;
        if (declared.Contains("secrets")) given["secrets"] = new JsonArray("DSS_LICENSE");
        return [.. Expansion.Template(Path.Combine(TaskFiles.Templates, $"{verb}.yml"), given).Select(stage => stage!.AsObject())];
    }

    private static IEnumerable<JsonObject> Steps(IEnumerable<JsonObject> stages) => stages
        .SelectMany(stage => stage["jobs"]!.AsArray())
        .SelectMany(job => Steps(job!));

    private static IEnumerable<JsonObject> Steps(JsonNode job) => (job["steps"] ?? job["strategy"]!["runOnce"]!["deploy"]!["steps"])!.AsArray().Select(step => step!.AsObject());

    [GeneratedRegex(@"\bparameters\.(?<name>\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Used();
}
