using System.Text.Json.Nodes;

namespace DssPipeline.Pipelines.Tests;

/// <summary>Comments and issues that the action itself keeps, over HTTP.</summary>
public sealed class ActionCommentTests : IDisposable
{
    private readonly LocalRunner runner = new() { Event = ("pull_request", PullRequestOf("acme/data")) };

    [Fact]
    public async Task Each_environment_has_one_comment_that_follows_its_plan()
    {
        await using var github = await LoopbackGitHub.StartAsync();
        runner.On(github);

        (await runner.UseAsync(("comment", "true"), ("label", "test"))).Ends("success");
        (await runner.UseAsync(("comment", "true"), ("label", "prod"))).Ends("success");
        await runner.UseAsync(("target", "CreateResourceGroup"));
        var last = (await runner.UseAsync(("comment", "true"), ("label", "prod"))).Ends("success");

        Assert.Equal(["<!-- dss-pipeline:test -->", "<!-- dss-pipeline:prod -->"], github.Comments.Select(comment => comment.Text.Split('\n')[0]));
        Assert.Contains("22 to create", github.Comments[0].Text, StringComparison.Ordinal);
        Assert.DoesNotContain("22 to create", github.Comments[1].Text, StringComparison.Ordinal);
        Assert.Contains(last.Outputs["digest"][..12], github.Comments[1].Text, StringComparison.Ordinal);
        Assert.DoesNotContain(LoopbackGitHub.Token, last.Log.Replace($"::add-mask::{LoopbackGitHub.Token}", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_manifest_that_cannot_be_read_leaves_no_older_plan_standing()
    {
        await using var github = await LoopbackGitHub.StartAsync();
        runner.On(github);

        (await runner.UseAsync(("comment", "true"), ("label", "prod"))).Ends("success");
        var broken = (await runner.UseAsync(("comment", "true"), ("label", "prod"), ("set", "vm.sise=Standard_D8s_v5"))).Ends("failure");

        Assert.Equal("usage", broken.Outputs["failure-reason"]);
        Assert.Contains("The run ended early", github.Comments.Single().Text, StringComparison.Ordinal);
        Assert.Contains("Unknown key", github.Comments.Single().Text, StringComparison.Ordinal);
        Assert.DoesNotContain("to create", github.Comments.Single().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pull_request_from_a_fork_goes_on_without_a_comment_and_says_so()
    {
        await using var github = await LoopbackGitHub.StartAsync();
        github.OnlyReads = true;
        runner.On(github).Event = ("pull_request", PullRequestOf("somebody/data"));

        var plan = (await runner.UseAsync(("comment", "true"))).Ends("success");

        Assert.Empty(github.Comments);
        Assert.Contains("No comment: the pull request comes from a fork", plan.Log, StringComparison.Ordinal);
        Assert.Equal("true", plan.Outputs["changes"]);
    }

    [Fact]
    public async Task A_push_has_no_comment_and_a_run_without_comment_has_no_token()
    {
        await using var github = await LoopbackGitHub.StartAsync();
        runner.On(github).Event = ("push", []);

        var push = (await runner.UseAsync(("comment", "true"))).Ends("success");
        var silent = (await runner.UseAsync()).Ends("success");

        Assert.Equal((LoopbackGitHub.Token, ""), (push.Environment["GITHUB_TOKEN"], silent.Environment["GITHUB_TOKEN"]));
        Assert.Contains("No comment: this run belongs to no pull request.", push.Log, StringComparison.Ordinal);
        Assert.Empty(github.Requests);
    }

    public void Dispose() => runner.Dispose();

    private static JsonObject PullRequestOf(string head) =>
        new() { ["pull_request"] = new JsonObject { ["number"] = 7, ["head"] = new JsonObject { ["repo"] = new JsonObject { ["full_name"] = head } } } };
}
