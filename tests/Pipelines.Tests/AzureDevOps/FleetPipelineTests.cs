using System.Text.Json.Nodes;

namespace DssPipeline.Pipelines.Tests;

/// <summary>The template of a fleet, run step by step as Azure Pipelines would: ring after ring, each approved as a whole.</summary>
public sealed class FleetPipelineTests : IDisposable
{
    private readonly Agent agent = new();

    public FleetPipelineTests() => agent.Connect();

    [Fact]
    public async Task A_bad_member_stops_the_rings_after_its_own_before_anybody_is_asked_and_a_good_fleet_is_deployed_as_approved()
    {
        Write("1-first/one.yml", "1-first/two.yml", "2-others/three.yml");
        File.AppendAllText(Full("1-first/two.yml"), "\nnobody: knows this\n");
        var bad = await RunAsync();
        Write("1-first/two.yml");

        var good = await RunAsync();

        Assert.Equal(["Fleet_dss", "Plan_dss_1", "Plan_dss_1"], bad.Steps.Select(step => step.Stage));
        Assert.Equal(["Failed", "Succeeded"], bad.Steps.Skip(1).Select(step => step.Run.Result).Order(StringComparer.Ordinal));
        Assert.Contains("Deploy_dss_1", bad.Skipped);
        Assert.All(good.Steps, step => step.Run.Ends("Succeeded"));
        Assert.Equal(["Fleet_dss", "Plan_dss_1", "Plan_dss_1", "Deploy_dss_1", "Deploy_dss_1", "Plan_dss_2", "Deploy_dss_2"], good.Steps.Select(step => step.Stage));
        Assert.Equal(["one", "two"], good.Steps.Where(step => step.Stage == "Deploy_dss_1").Select(step => step.Inputs["label"]));
        Assert.Contains("/plan-dss-one/plan.json", good.Steps[3].Inputs["arguments"], StringComparison.Ordinal);
        Assert.Contains(" made in ", good.Steps[3].Run.Log, StringComparison.Ordinal);
        Assert.Contains("Plan_dss_3", good.Skipped);
    }

    [Fact]
    public async Task A_member_whose_world_moved_is_not_made_and_stops_the_next_ring()
    {
        Write("1-first/one.yml", "2-others/three.yml");
        var colleague = new Colleague(new LocalPipeline(agent).World, Full("1-first/one.yml"));

        var run = await RunAsync(stage => { if (stage == "Deploy_dss_1") colleague.Work(); }, ("environment", "prod"));

        Assert.Equal("one-prod", run.Steps[2].Inputs["label"]);
        Assert.Equal("not-approved", run.Steps[2].Run.Ends("Failed").Outputs["failureReason"]);
        Assert.Empty(colleague.Later());
        Assert.Contains("Plan_dss_2", run.Skipped);
    }

    [Fact]
    public async Task A_fleet_with_more_rings_than_stages_is_stopped_before_the_first_ring()
    {
        Write([.. Enumerable.Range(1, 6).Select(ring => $"{ring}/member-{ring}.yml")]);

        var run = await RunAsync();

        Assert.Equal("Fleet_dss", Assert.Single(run.Steps).Stage);
        Assert.Contains("Fleet has too many rings: there are 6 folders", Assert.Single(run.Scripts).Log, StringComparison.Ordinal);
        Assert.Contains("Plan_dss_1", run.Skipped);
    }

    [Fact]
    public async Task A_fleet_whose_rings_cannot_be_counted_says_so_and_is_not_begun()
    {
        Write("1-first/one.yml");
        agent.Replace("jq", "#!/bin/sh\nexit 127\n");

        var run = await RunAsync();

        var count = Assert.Single(run.Scripts).Log;
        Assert.Contains("The rings of the fleet cannot be counted", count, StringComparison.Ordinal);
        Assert.DoesNotContain("too many", count, StringComparison.Ordinal);
        Assert.Contains("Plan_dss_1", run.Skipped);
    }

    [Fact]
    public async Task A_member_with_refused_changes_is_shown_to_nobody_for_approval_and_its_plan_can_be_tried_again()
    {
        Write("1-first/one.yml");
        await RunAsync();

        var run = await RunAsync(more: ("set", "azure.location=northeurope"));

        Assert.Equal(["Fleet_dss", "Plan_dss_1"], run.Steps.Select(step => step.Stage));
        Assert.Contains("Plan has refused changes", run.Scripts[^1].Log, StringComparison.Ordinal);
        Assert.Contains("Deploy_dss_1", run.Skipped);
        Assert.Throws<DirectoryNotFoundException>(() => agent.Fetch("plan-dss-one"));
    }

    public void Dispose() => agent.Dispose();

    private string Full(string member) => Path.Combine(agent.Sources, "fleet", member);

    private void Write(params string[] members)
    {
        foreach (var member in members)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Full(member))!);
            File.WriteAllText(Full(member), Repository.Read("examples/minimal.yml"));
            File.WriteAllText(Full(Path.ChangeExtension(member, ".prod.yml")), "vm: { size: Standard_E16s_v5 }\n");
        }
    }

    private async Task<LocalPipeline> RunAsync(Action<string>? before = null, params (string Name, string Value)[] more)
    {
        var given = new JsonObject { ["manifests"] = "fleet/*/*.yml", ["serviceConnection"] = "azure-prod", ["approvals"] = "dss-prod" };
        foreach (var (name, value) in more) given[name] = value;
        var pipeline = new LocalPipeline(agent) { Before = before ?? (_ => { }) };
        await pipeline.RunAsync(Expansion.Template(Path.Combine(TaskFiles.Templates, "fleet.yml"), given).Select(stage => stage!.AsObject()));
        return pipeline;
    }
}
