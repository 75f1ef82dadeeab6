namespace DssPipeline.Pipelines.Tests;

/// <summary>The pipeline that Init writes, with our templates, run step by step as Azure Pipelines would: rehearsed, planned, approved, deployed, watched.</summary>
public sealed class GeneratedPipelineTests : IAsyncLifetime
{
    private readonly Agent agent = new();

    private string Manifest => Path.Combine(agent.Sources, "deployment.yml");

    public async ValueTask InitializeAsync()
    {
        agent.Connect();
        await InitRun.BeginAsync(agent.Sources, "azure-devops");
    }

    [Fact]
    public async Task A_pull_request_is_rehearsed_and_planned_and_reads_its_plan()
    {
        await using var repos = await AzureRepos.StartAsync();
        foreach (var name in AzureRepos.Names) agent.Variables[name] = repos.Variables(name)!;
        var pipeline = new LocalPipeline(agent);

        await pipeline.RunAsync(Stages("PullRequest"));

        Assert.Equal(["deploy", "drift", "dss"], pipeline.Steps.Select(step => step.Name));
        Assert.All(pipeline.Steps, step => step.Run.Ends("Succeeded"));
        Assert.Equal("none", pipeline.Steps[1].Run.Outputs["failureReason"]);
        Assert.Equal("true", pipeline.Steps[2].Run.Outputs["changes"]);
        var comment = AzureRepos.ContentOf(Assert.Single(repos.Threads));
        Assert.StartsWith("<!-- dss-pipeline:demo -->", comment, StringComparison.Ordinal);
        Assert.Contains("azure/resourceGroup/rg-demo", comment, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_merge_is_planned_and_exactly_the_approved_plan_is_made_and_nights_find_drift_where_there_is_some()
    {
        var merge = await RunAsync("IndividualCI");
        var night = await RunAsync("Schedule");
        var again = await RunAsync("IndividualCI");
        Wish("containers: [data]", "containers: [data, more]");
        var other = Assert.Single((await RunAsync("Schedule")).Steps).Run.Ends("Failed");

        var (plan, deploy) = (merge.Steps[0], merge.Steps[1]);
        plan.Run.Ends("Succeeded");
        Assert.Equal(TaskFiles.Outputs.Except(["fleet"], StringComparer.Ordinal).Order(StringComparer.Ordinal), plan.Run.Outputs.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((0, "true", "differs"), (plan.Run.Exit, plan.Run.Outputs["changes"], plan.Run.Outputs["failureReason"]));
        Assert.Matches("^[1-9][0-9]* [1-9][0-9]* 0 0 0$", Counts(plan.Run));
        Assert.Contains("## Plan of demo", await TextAsync(plan.Run, "planPath"), StringComparison.Ordinal);
        Assert.Contains("\"deployment\": \"demo\"", await TextAsync(plan.Run, "jsonPlanPath"), StringComparison.Ordinal);
        Assert.Contains("<html", await TextAsync(plan.Run, "reportPath"), StringComparison.Ordinal);
        Assert.Contains("azure/resourceGroup/rg-demo", Assert.Single(plan.Run.Summaries), StringComparison.Ordinal);
        Assert.Equal(64, plan.Run.Outputs["digest"].Length);
        Assert.Equal(plan.Run.Outputs["digest"], deploy.Inputs["approve"]);
        deploy.Run.Ends("Succeeded");
        Assert.Equal((0, "none", "true", Counts(plan.Run)), (deploy.Run.Exit, deploy.Run.Outputs["failureReason"], deploy.Run.Outputs["changes"], Counts(deploy.Run)));
        Assert.Contains("As wished", Assert.Single(deploy.Run.Summaries), StringComparison.OrdinalIgnoreCase);
        var clean = Assert.Single(night.Steps).Run.Ends("Succeeded");
        Assert.Equal((0, "none", "false", "0 0 0 0 0"), (clean.Exit, clean.Outputs["failureReason"], clean.Outputs["changes"], Counts(clean)));
        Assert.Contains("Nothing to do", Assert.Single(clean.Summaries), StringComparison.Ordinal);
        Assert.Equal("false", Assert.Single(again.Steps).Run.Outputs["changes"]);
        Assert.Equal(["Deploy_demo"], again.Skipped);
        Assert.Contains("Differs", other.Message, StringComparison.Ordinal);
        Assert.Equal(("true", "1", "differs"), (other.Outputs["changes"], other.Outputs["toCreate"], other.Outputs["failureReason"]));
        Assert.Contains("azure/blobContainer/stdemo/more", Assert.Single(other.Summaries), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_world_that_moved_after_the_approval_is_shown_and_not_touched()
    {
        await RunAsync("IndividualCI");
        Wish("containers: [data]", "containers: [data, more]");
        var colleague = new Colleague(new LocalPipeline(agent).World, Manifest);
        var pipeline = new LocalPipeline(agent) { Before = stage => { if (stage == "Deploy_demo") colleague.Work(); } };

        await pipeline.RunAsync(Stages("IndividualCI"));

        var deploy = pipeline.Steps[1].Run.Ends("Failed");
        Assert.Equal("not-approved", deploy.Outputs["failureReason"]);
        Assert.Contains("Refused", deploy.Message, StringComparison.Ordinal);
        Assert.Contains($"  new:     ~ {Colleague.Touches("demo")}", deploy.Log, StringComparison.Ordinal);
        Assert.Empty(colleague.Later());
    }

    [Fact]
    public async Task A_stage_that_is_tried_again_keeps_its_plan_beside_the_first_one_and_the_second_is_approved()
    {
        var pipeline = new LocalPipeline(agent);
        var stages = Stages("IndividualCI");

        await pipeline.RunAsync(stages.Take(1));
        await pipeline.RetryAsync(stages);

        var deploy = pipeline.Steps[2];
        deploy.Run.Ends("Succeeded");
        Assert.Contains("/plan-demo-2/plan.json", deploy.Inputs["arguments"], StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => agent.Keep(agent.Temp, "plan-demo-1"));
    }

    [Fact]
    public async Task A_manifest_that_is_wrong_is_shown_where_it_is_wrong()
    {
        Wish("containers: [data]", "container: [data]");

        var plan = Assert.Single((await RunAsync("IndividualCI")).Steps).Run.Ends("Failed");

        Assert.Equal("usage", plan.Outputs["failureReason"]);
        var issue = plan.Commands.First(command => command.Name == "task.logissue" && command.Properties.ContainsKey("sourcepath"));
        Assert.Equal("deployment.yml", Path.GetFileName(issue.Properties["sourcepath"]));
        Assert.True(int.Parse(issue.Properties["linenumber"], System.Globalization.CultureInfo.InvariantCulture) > 20);
    }

    public ValueTask DisposeAsync()
    {
        agent.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string Counts(TaskRun run) => string.Join(' ', new[] { "toCreate", "toUpdate", "toReplace", "toDelete", "refused" }.Select(name => run.Outputs[name]));

    private static Task<string> TextAsync(TaskRun run, string output) => File.ReadAllTextAsync(run.Outputs[output], TestContext.Current.CancellationToken);

    private IReadOnlyList<System.Text.Json.Nodes.JsonObject> Stages(string reason) => Expansion.Stages(PipelineYaml.Load(Path.Combine(agent.Sources, "azure-pipelines.yml")), reason);

    private async Task<LocalPipeline> RunAsync(string reason)
    {
        var pipeline = new LocalPipeline(agent);
        await pipeline.RunAsync(Stages(reason));
        return pipeline;
    }

    private void Wish(string before, string after) => File.WriteAllText(Manifest, File.ReadAllText(Manifest).Replace(before, after, StringComparison.Ordinal));
}
