using System.Text.Json.Nodes;

namespace DssPipeline.Pipelines.Tests;

/// <summary>The reusable workflows, executed job by job as GitHub would.</summary>
public sealed class WorkflowRunTests : IDisposable
{
    private readonly LocalRunner runner = new();

    [Fact]
    public async Task Deploy_makes_the_plan_of_its_first_job_and_then_has_nothing_to_do()
    {
        var first = await runner.CallAsync(".github/workflows/deploy.yml", ("approvals", "prod"));
        var reason = runner.Outputs["failure-reason"];
        var second = await runner.CallAsync(".github/workflows/deploy.yml", ("approvals", "prod"));

        Assert.Equal(("success", "success"), (first["plan"].Outcome, first["deploy"].Outcome));
        Assert.Equal(("success", "skipped"), (second["plan"].Outcome, second["deploy"].Outcome));
        Assert.Equal(("none", "none"), (reason, runner.Outputs["failure-reason"]));
    }

    [Fact]
    public async Task Deploy_says_why_there_is_no_plan()
    {
        var jobs = await runner.CallAsync(".github/workflows/deploy.yml", ("approvals", "prod"), ("manifest", "nowhere.yml"));

        Assert.Equal(("failure", "skipped", "usage"), (jobs["plan"].Outcome, jobs["deploy"].Outcome, runner.Outputs["failure-reason"]));
    }

    [Fact]
    public async Task Deploy_asks_nobody_to_approve_a_plan_with_refused_changes()
    {
        (await runner.UseAsync(("target", "Deploy"))).Ends("success");

        var jobs = await runner.CallAsync(".github/workflows/deploy.yml", ("approvals", "prod"), ("set", "azure.location=northeurope"));

        var plan = jobs["plan"].Ends("failure");
        Assert.Equal(("skipped", 4, "refused"), (jobs["deploy"].Outcome, plan.Steps.Single(step => step.Name == "Nothing refused").Exit, runner.Outputs["failure-reason"]));
        Assert.Contains("::error title=Plan has refused changes::", plan.Log, StringComparison.Ordinal);
        Assert.Contains("policy.allowReplace", plan.Log, StringComparison.Ordinal);
        Assert.Equal("success", plan.Steps.Single(step => step.Name == "Keep plan and report").Outcome);
    }

    [Fact]
    public async Task Deploy_of_what_was_approved_elsewhere_stops_at_another_plan()
    {
        var jobs = await runner.CallAsync(".github/workflows/deploy.yml", ("approvals", "prod"), ("approve", new string('a', 64)));

        Assert.Equal("failure", jobs["deploy"].Outcome);
        Assert.Equal((4, "not-approved"), (jobs["deploy"].Exit, runner.Outputs["failure-reason"]));
    }

    [Fact]
    public async Task Deploy_shows_what_moved_while_the_plan_waited_and_touches_nothing()
    {
        (await runner.UseAsync(("target", "Deploy"))).Ends("success");
        var colleague = new Colleague(runner.World, Path.Combine(runner.Workspace, "deployment.yml"));
        runner.Meanwhile = colleague.Command;

        var jobs = await runner.CallAsync(".github/workflows/deploy.yml", ("approvals", "prod"), ("set", "adls[0].softDelete.blobDays=30"));

        var deploy = jobs["deploy"].Ends("failure");
        Assert.Equal(("true", 4, "not-approved"), (jobs["plan"].Outputs["changes"], deploy.Exit, runner.Outputs["failure-reason"]));
        Assert.Contains($"  new:     ~ {Colleague.Touches("reference")}", deploy.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("gone: ", deploy.Log, StringComparison.Ordinal);
        Assert.Contains("### Not the plan that was approved", deploy.Summary, StringComparison.Ordinal);
        Assert.Empty(colleague.Later());
    }

    [Fact]
    public async Task Rehearse_deploys_twice_and_the_second_run_finds_nothing()
    {
        var job = (await runner.CallAsync(".github/workflows/rehearse.yml", ("arguments", "--machine=none")))["rehearse"].Ends("success");

        Assert.Equal(2, job.Steps.Count(step => step.Id == "run"));
        Assert.Equal((0, "none"), (job.Exit, job.Outputs["failure-reason"]));
    }

    [Fact]
    public async Task A_rehearsal_says_the_reason_of_the_run_that_failed()
    {
        var digest = (await runner.UseAsync(("target", "Plan"))).Ends("success").Outputs["digest"];

        // Drift takes no approval, so it is the second run that fails; the first makes what was approved.
        var second = (await runner.CallAsync(".github/workflows/rehearse.yml", ("arguments", $"--machine=none\n--approve={digest}")))["rehearse"].Ends("failure");
        var first = (await runner.CallAsync(".github/workflows/rehearse.yml", ("arguments", $"--machine=none\n--approve={new string('a', 64)}")))["rehearse"].Ends("failure");

        Assert.Equal((2, "usage"), (second.Steps.Count(step => step.Id == "run"), second.Outputs["failure-reason"]));
        Assert.Equal((1, "not-approved"), (first.Steps.Count(step => step.Id == "run"), first.Outputs["failure-reason"]));
    }

    [Fact]
    public async Task Drift_keeps_one_issue_from_the_first_difference_to_the_last()
    {
        await using var github = await LoopbackGitHub.StartAsync();
        runner.On(github).Event = ("schedule", []);

        (await runner.CallAsync(".github/workflows/drift.yml"))["drift"].Ends("failure");
        (await runner.CallAsync(".github/workflows/drift.yml"))["drift"].Ends("failure");
        await runner.UseAsync(("target", "Deploy"));
        (await runner.CallAsync(".github/workflows/drift.yml"))["drift"].Ends("success");

        var issue = Assert.Single(github.Issues);
        Assert.Equal(("Drift of reference", "closed"), (issue.Title, issue.State));
    }

    [Fact]
    public async Task Destroy_needs_the_name_of_the_deployment()
    {
        await runner.UseAsync(("target", "CreateResourceGroup"));

        var wrong = (await runner.CallAsync(".github/workflows/destroy.yml", ("approvals", "prod"), ("confirm", "other")))["destroy"].Ends("failure");
        var afterWrong = await IsThereAsync("azure/resourceGroup/rg-reference");
        var more = (await runner.CallAsync(".github/workflows/destroy.yml", ("approvals", "prod"), ("confirm", "other\n--confirm=reference")))["destroy"].Ends("failure");
        var afterMore = await IsThereAsync("azure/resourceGroup/rg-reference");
        var right = (await runner.CallAsync(".github/workflows/destroy.yml", ("approvals", "prod"), ("confirm", "reference")))["destroy"].Ends("success");
        var afterRight = await IsThereAsync("azure/resourceGroup/rg-reference");

        Assert.Equal((4, "refused", true), (wrong.Exit, wrong.Outputs["failure-reason"], afterWrong));
        Assert.Equal(("usage", true), (more.Outputs["failure-reason"], afterMore));
        Assert.DoesNotContain(more.Steps, step => step.Id == "run");
        Assert.Contains("::error title=Confirmation badly formed::", more.Log, StringComparison.Ordinal);
        Assert.Equal((0, "none", false), (right.Exit, right.Outputs["failure-reason"], afterRight));
    }

    [Fact]
    public async Task A_fleet_is_deployed_ring_after_ring_and_a_bad_one_stops_the_rings_after_it()
    {
        var member = Repository.Read("examples/minimal.yml");
        runner.Write("fleet/1-first/one.yml", member);
        runner.Write("fleet/1-first/two.yml", $"{member}\nnobody: knows this\n");
        runner.Write("fleet/2-others/three.yml", member);
        var bad = await runner.CallAsync(".github/workflows/fleet.yml", ("approvals", "prod"), ("manifests", "fleet/*/*.yml"));
        runner.Write("fleet/1-first/two.yml", member);

        foreach (var name in new[] { "1-first/one", "1-first/two", "2-others/three" }) runner.Write($"fleet/{name}.prod.yml", "vm: { size: Standard_E16s_v5 }\n");

        var good = await runner.CallAsync(".github/workflows/fleet.yml", ("approvals", "prod"), ("manifests", "fleet/*/*.yml"), ("environment", "prod"), ("set", "registry.sku=Premium"));

        Assert.Equal(("success", "failure", "skipped"), (bad["ring-1 (one)/deploy"].Outcome, bad["ring-1 (two)/plan"].Outcome, bad["ring-2"].Outcome));
        Assert.Contains("| 1-first | one, two | failure |\n| 2-others | three | not begun |", bad["summary"].Ends("failure").Summary, StringComparison.Ordinal);
        Assert.Equal(("success", "skipped", "success", "skipped"), (good["ring-1 (one)/deploy"].Outcome, good["ring-1 (two)/deploy"].Outcome, good["ring-2 (three)/plan"].Outcome, good["ring-3"].Outcome));
        Assert.Contains("Standard_D8s_v5 → Standard_E16s_v5", good["ring-1 (one)/plan"].Log, StringComparison.Ordinal);
        Assert.Contains("~ azure/registry/crdemo", good["ring-1 (one)/deploy"].Log, StringComparison.Ordinal);
        Assert.Equal(("one", "three-prod"), (bad["ring-1 (one)/plan"].Environment["INPUT_LABEL"], good["ring-2 (three)/plan"].Environment["INPUT_LABEL"]));
        Assert.Contains("| 2-others | three | as wished |", good["summary"].Ends("success").Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fleet_with_more_rings_than_jobs_is_stopped_before_the_first_ring()
    {
        foreach (var ring in Enumerable.Range(1, 6)) runner.Write($"fleet/{ring}/member-{ring}.yml", Repository.Read("examples/minimal.yml"));

        var jobs = await runner.CallAsync(".github/workflows/fleet.yml", ("approvals", "prod"), ("manifests", "fleet/*/*.yml"));

        Assert.Contains("::error title=Fleet has too many rings::There are 6 folders", jobs["fleet"].Ends("failure").Log, StringComparison.Ordinal);
        Assert.Equal("skipped", jobs["ring-1"].Outcome);
        Assert.Contains("| 6 | member-6 | not begun |", jobs["summary"].Ends("failure").Summary, StringComparison.Ordinal);
    }

    public void Dispose() => runner.Dispose();

    // What is not there, a plan would make.
    private async Task<bool> IsThereAsync(string id)
    {
        var plan = (await runner.UseAsync(("target", "Plan"))).Ends("success");
        var changes = JsonNode.Parse(await File.ReadAllTextAsync(plan.Outputs["json-plan-path"]))!["tasks"]!.AsArray().SelectMany(task => task!["changes"]!.AsArray());
        return !changes.Any(change => $"{change!["id"]}" == id && $"{change["verb"]}" == "create");
    }
}
