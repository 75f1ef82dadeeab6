using System.Text.Json.Nodes;

namespace DssPipeline.Pipelines.Tests;

/// <summary>The steps of action.yml, executed as GitHub would: plan, approve, deploy, drift.</summary>
public sealed class ActionTests : IDisposable
{
    private readonly LocalRunner runner = new();

    [Fact]
    public async Task A_plan_is_approved_by_its_digest_and_made_and_nothing_drifts()
    {
        var plan = (await runner.UseAsync(("target", "Plan"))).Ends("success");

        Assert.Equal("true", plan.Outputs["changes"]);
        Assert.Equal("22 7 0 0 0", Counts(plan));
        Assert.Matches("^[0-9a-f]{64}$", plan.Outputs["digest"]);
        Assert.Equal("differs", plan.Outputs["failure-reason"]);
        Assert.StartsWith("## Plan of reference", await File.ReadAllTextAsync(plan.Outputs["plan-path"]), StringComparison.Ordinal);
        Assert.Equal(plan.Outputs["digest"], $"{JsonNode.Parse(await File.ReadAllTextAsync(plan.Outputs["json-plan-path"]))!["digest"]}");
        Assert.Contains("## Plan of reference", plan.Summary, StringComparison.Ordinal);
        Assert.Contains("```mermaid", plan.Summary, StringComparison.Ordinal);
        Assert.Contains("<html", await File.ReadAllTextAsync(plan.Outputs["report-path"]), StringComparison.Ordinal);
        Assert.Equal(0, plan.Exit);

        var deploy = (await runner.UseAsync(("target", "Deploy"), ("approve", plan.Outputs["digest"]))).Ends("success");

        Assert.Equal((0, "none", plan.Outputs["digest"]), (deploy.Exit, deploy.Outputs["failure-reason"], deploy.Outputs["digest"]));
        Assert.Equal(("true", Counts(plan)), (deploy.Outputs["changes"], Counts(deploy)));
        Assert.Contains("## Rollout of reference", deploy.Summary, StringComparison.Ordinal);
        Assert.Contains("<html", await File.ReadAllTextAsync(deploy.Outputs["report-path"]), StringComparison.Ordinal);
        Assert.Contains("::group::CreateAdls", deploy.Log, StringComparison.Ordinal);

        var drift = (await runner.UseAsync(("target", "Drift"))).Ends("success");

        Assert.Contains("22 to create", await File.ReadAllTextAsync(plan.Outputs["plan-path"]), StringComparison.Ordinal);
        Assert.Equal((0, "false", "none", "0 0 0 0 0"), (drift.Exit, drift.Outputs["changes"], drift.Outputs["failure-reason"], Counts(drift)));
        Assert.Contains("Nothing to do", drift.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_world_that_moved_stops_what_was_approved_and_is_not_touched()
    {
        var plan = await runner.UseAsync(("target", "Plan"), ("plan-file", "approved.json"));
        (await runner.UseAsync(("target", "CreateResourceGroup"))).Ends("success");

        var deploy = (await runner.UseAsync(("target", "Deploy"), ("approve", plan.Outputs["digest"]), ("arguments", "--machine=none\n--approve-plan=approved.json"))).Ends("failure");
        var after = await runner.UseAsync(("target", "Plan"));

        Assert.Equal((4, "not-approved"), (deploy.Exit, deploy.Outputs["failure-reason"]));
        Assert.Contains("azure/resourceGroup/rg-reference", deploy.Log, StringComparison.Ordinal);
        Assert.Equal(after.Outputs["digest"], deploy.Outputs["digest"]);
        Assert.NotEqual(plan.Outputs["digest"], after.Outputs["digest"]);
    }

    [Fact]
    public async Task Drift_fails_with_2_and_says_so()
    {
        var drift = (await runner.UseAsync(("target", "Drift"))).Ends("failure");

        Assert.Equal((2, "differs", "true"), (drift.Exit, drift.Outputs["failure-reason"], drift.Outputs["changes"]));
    }

    [Fact]
    public async Task A_wrong_manifest_fails_with_3_and_points_at_its_line()
    {
        runner.Write("broken.yml", "name: demo\nvm:\n  sise: x\n");

        var plan = (await runner.UseAsync(("manifest", "broken.yml"))).Ends("failure");

        Assert.Equal((3, "usage", ""), (plan.Exit, plan.Outputs["failure-reason"], plan.Outputs["digest"]));
        Assert.Contains("::error file=broken.yml,line=3,", plan.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_input_reaches_the_command_line()
    {
        Directory.CreateDirectory(Path.Combine(runner.Workspace, "folder"));
        File.Copy(Path.Combine(runner.Workspace, "deployment.yml"), Path.Combine(runner.Workspace, "folder", "mine.yml"));
        File.WriteAllText(Path.Combine(runner.Workspace, "folder", "mine.prod.yml"), "vm: { size: Standard_D4s_v5 }\n");

        var plan = (await runner.UseAsync(
            ("working-directory", "folder"), ("manifest", "mine.yml"), ("environment", "prod"), ("plan-file", "out/plan.json"), ("parallelism", "1"), ("report", "out"),
            ("set", "\n  adls[0].softDelete.blobDays=30  \r\n\nvm.dataDisk.sizeGB=512\n"))).Ends("success");

        Assert.Equal(Path.Combine(runner.Workspace, "folder", "out", "plan.json"), plan.Outputs["json-plan-path"]);
        var text = await File.ReadAllTextAsync(plan.Outputs["json-plan-path"]);
        Assert.Contains("Standard_D4s_v5", text, StringComparison.Ordinal);
        Assert.Contains("512", text, StringComparison.Ordinal);
        Assert.Contains("\"days\": 30", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("label", "x$(touch pwned)`touch pwned`; touch pwned")]
    [InlineData("manifest", "$(touch pwned).yml")]
    [InlineData("set", "vm.size=$(touch pwned)'\"; touch pwned #")]
    [InlineData("arguments", "; touch pwned\n--machine=none")]
    [InlineData("parallelism", "1 && touch pwned")]
    [InlineData("environment", "--target=Destroy")]
    [InlineData("comment", "true; touch pwned")]
    public async Task No_input_becomes_shell_text(string input, string value)
    {
        var run = (await runner.UseAsync(("target", "Validate"), ("sandbox", "false"), ("arguments", ""), (input, value))).Ends("failure");

        Assert.Equal(3, run.Exit);
        Assert.Empty(Directory.EnumerateFiles(runner.Workspace, "pwned", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task What_the_script_itself_refuses_has_its_reason_too()
    {
        var run = (await runner.UseAsync(("comment", "perhaps"))).Ends("failure");

        Assert.Equal((3, "usage"), (run.Exit, run.Outputs["failure-reason"]));
    }

    [Fact]
    public async Task Actions_of_others_are_replaced_by_nothing_and_that_is_said()
    {
        var run = (await runner.UseAsync(("target", "Validate"), ("sandbox", ""), ("arguments", ""))).Ends("success");

        Assert.Equal([".NET", "Host from the cache"], run.Steps.Where(step => step.Replaced).Select(step => step.Name));
        Assert.Contains("Replaced by nothing: actions/setup-dotnet@", run.Log, StringComparison.Ordinal);
    }

    public void Dispose() => runner.Dispose();

    private static string Counts(JobResult run) => string.Join(' ', new[] { "to-create", "to-update", "to-replace", "to-delete", "refused" }.Select(name => run.Outputs[name]));
}
