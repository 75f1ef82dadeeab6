using System.Text.Json.Nodes;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>Plan tells what Deploy would do, in three forms, and makes nothing; an approved plan is the only one that is made.</summary>
public sealed class PlanTests(FirstRun first)
{
    [Fact]
    public async Task An_empty_world_differs_and_is_left_empty()
    {
        using var stage = new Stage();

        var plan = await stage.RunAsync("--target", "Plan", "--plan-file", stage.PathOf("plan.json"), "--output", "json");

        plan.Ends(2);
        Assert.Empty(stage.Writes);
        Assert.Equal(File.ReadAllText(stage.PathOf("plan.json")).Trim(), plan.Output.Trim());
        var document = JsonNode.Parse(plan.Output)!;
        Assert.Equal(1, (int)document["formatVersion"]!);
        Assert.Equal("reference", (string)document["deployment"]!);
        Assert.Matches("^[0-9a-f]{64}$", (string)document["digest"]!);
        Assert.True((int)document["counts"]!["create"]! > 15, plan.Said);
        Assert.Contains(document["tasks"]!.AsArray().SelectMany(task => task!["changes"]!.AsArray()), change => (string)change!["id"]! == "azure/registry/crreference" && (string)change["verb"]! == "create");
    }

    [Fact]
    public async Task A_deployed_world_is_as_planned()
    {
        using var stage = first.Copy();

        var plan = await stage.RunAsync("--target", "Plan");

        plan.Ends(0);
        Assert.Matches("^Nothing to do: all [0-9]+ resources are as wished\\.$", plan.Lines[^1]);
        Assert.Equal(first.Writes, stage.Writes);
    }

    [Fact]
    public async Task What_a_manifest_leaves_to_people_is_said_by_the_plan_and_by_the_run()
    {
        using var stage = first.Copy();
        const string Left = "base images are not pushed to registry.example, and nobody looks whether they are there";

        var plan = await stage.RunAsync("--target", "Plan", "--set", "containers.registryUrl=registry.example");
        var run = await stage.RunAsync("--set", "containers.registryUrl=registry.example");

        plan.Says($"PushImages: {Left}");
        run.Says($"  ({Left}");
    }

    [Fact]
    public async Task Markdown_stands_alone_on_standard_output()
    {
        using var stage = new Stage();

        var plan = await stage.RunAsync("--target", "Plan", "--output", "markdown");

        plan.Ends(2);
        Assert.Equal("## Plan of reference", plan.Lines[0]);
        Assert.Contains(plan.Lines, line => line.StartsWith("| CreateAdls |", StringComparison.Ordinal));
        Assert.DoesNotContain("Looking at", plan.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_is_handed_out_also_when_nothing_was_done()
    {
        using var stage = first.Copy();

        var denied = await stage.RunAsync("--target", "Plan", "--output", "json", "--faults", "403@GET *resourceGroups* code=AuthorizationFailed");
        var unconfirmed = await stage.RunAsync("--target", "Destroy", "--output", "json");

        Assert.Equal("Not allowed in Azure", (string)JsonNode.Parse(denied.Ends(1).Output)!["problems"]![0]!["summary"]!);
        Assert.Equal("Destroy is not confirmed", (string)JsonNode.Parse(unconfirmed.Ends(4).Output)!["problems"]![0]!["summary"]!);
    }

    [Fact]
    public async Task A_plan_that_could_not_be_written_is_told_before_anybody_is_asked()
    {
        using var stage = new Stage();
        var file = stage.Write("file", "not a folder");

        var run = await stage.RunAsync("--target", "Plan", "--plan-file", Path.Combine(file, "plan.json"), "--report", file);

        run.Ends(3).Complains("Error: File cannot be written").Complains("--plan-file asks for").Complains("--report asks for");
        Assert.False(Directory.Exists(stage.World));
    }

    [Fact]
    public async Task Only_the_approved_plan_is_made()
    {
        using var stage = new Stage();
        var plan = await stage.RunAsync("--target", "Plan", "--output", "json");
        var digest = (string)JsonNode.Parse(plan.Output)!["digest"]!;

        var refused = await stage.RunAsync("--approve", "0123456789ab");
        var writes = stage.Writes;
        var made = await stage.RunAsync("--approve", digest[..12], "--report", stage.PathOf("report"));

        refused.Ends(4);
        Assert.Empty(writes);
        made.Ends(0);
        var report = JsonNode.Parse(File.ReadAllText(stage.PathOf("report/report.json")))!;
        Assert.Equal("reference", (string)report["deployment"]!);
        Assert.Equal(["plan.json", "plan.md", "report.html", "report.json", "report.md"], Directory.GetFiles(stage.PathOf("report")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }
}
