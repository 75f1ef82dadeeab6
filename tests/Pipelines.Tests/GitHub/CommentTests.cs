using System.Text;
using DssPipeline.Chapters;
using DssPipeline.Convergence;

namespace DssPipeline.Pipelines.Tests;

/// <summary>One comment for each label, over HTTP.</summary>
public class CommentTests
{
    [Fact]
    public async Task The_first_run_makes_the_comment()
    {
        await using var github = await LoopbackGitHub.StartAsync();
        var pull = new PullRequest(github);

        await pull.PostAsync("prod", "## Plan of demo\n");

        var comment = Assert.Single(github.Comments);
        Assert.StartsWith("<!-- dss-pipeline:prod -->\n## Plan of demo\n", comment.Text, StringComparison.Ordinal);
        Assert.Contains("(https://github.example/acme/data/actions/runs/42)", comment.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_next_run_updates_it_in_place()
    {
        await using var github = await LoopbackGitHub.StartAsync();
        var pull = new PullRequest(github);
        await pull.PostAsync("prod", "## First\n");

        await pull.PostAsync("prod", "## Second\n");

        Assert.Contains("## Second", Assert.Single(github.Comments).Text, StringComparison.Ordinal);
        Assert.Equal(["POST /repos/acme/data/issues/7/comments", "PATCH /repos/acme/data/issues/comments/1"], pull.Writes);
    }

    [Fact]
    public async Task A_run_that_says_the_same_writes_nothing()
    {
        await using var github = await LoopbackGitHub.StartAsync();
        var pull = new PullRequest(github);
        await pull.PostAsync("prod", "## Same\n");

        await pull.PostAsync("prod", "## Same\n");

        Assert.Single(pull.Writes);
    }

    [Fact]
    public async Task It_is_found_on_the_third_page()
    {
        await using var github = await LoopbackGitHub.StartAsync();
        for (var comment = 0; comment < 250; comment++) github.Add(new(0, $"Remark {comment}"));
        github.Add(new(0, "<!-- dss-pipeline:prod -->\n## Old\n"));
        var pull = new PullRequest(github);

        await pull.PostAsync("prod", "## New\n");

        Assert.Equal(["PATCH /repos/acme/data/issues/comments/251"], pull.Writes);
        Assert.Equal(["page=1", "page=2", "page=3"], github.Requests.Where(request => request.StartsWith("GET", StringComparison.Ordinal)).Select(request => request.Split('&')[^1]));
        Assert.Contains("## New", github.Comments[250].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_environments_have_two_comments()
    {
        await using var github = await LoopbackGitHub.StartAsync();
        var pull = new PullRequest(github);
        await pull.PostAsync("test", "## Plan of test\n");
        await pull.PostAsync("prod", "## Plan of prod\n");

        await pull.PostAsync("test", "## Newer plan of test\n");

        Assert.Equal(2, github.Comments.Count);
        Assert.Contains("## Newer plan of test", github.Comments[0].Text, StringComparison.Ordinal);
        Assert.Contains("## Plan of prod", github.Comments[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_of_200_kilobytes_is_taken()
    {
        var plan = new StringBuilder("## Plan of demo\n\n### CreateAdls\n\n```diff\n");
        for (var resource = 0; resource < 4000; resource++) plan.Append($"+ azure/storageAccount/st{resource}\n      /tags/note: \"äöü 🚀\"\n");
        await using var github = await LoopbackGitHub.StartAsync();
        var pull = new PullRequest(github);

        await pull.PostAsync("prod", plan.Append("```\n").ToString());

        var comment = Assert.Single(github.Comments);
        Assert.True(plan.Length > 200_000);
        Assert.Matches("\n```\n\n\\*\\*Not all of it fits here:\\*\\* [0-9]+ more resources are told", comment.Text);
    }

    [Fact]
    public async Task What_a_stranger_wrote_is_never_taken_for_ours()
    {
        await using var github = await LoopbackGitHub.StartAsync();
        github.Add(new(0, "<!-- dss-pipeline:prod -->\n## Nothing to do\n") { UserType = "User", Association = "CONTRIBUTOR" });
        var pull = new PullRequest(github);

        await pull.PostAsync("prod", "## Plan\n");

        Assert.Equal(["POST /repos/acme/data/issues/7/comments"], pull.Writes);
        Assert.Contains("## Nothing to do", github.Comments[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_comment_that_is_deleted_meanwhile_is_made_again()
    {
        await using var github = await LoopbackGitHub.StartAsync();
        var pull = new PullRequest(github);
        await pull.PostAsync("prod", "## First\n");
        github.Trouble(context =>
        {
            github.Delete(1);
            context.Response.StatusCode = 404;
            return Task.CompletedTask;
        });

        await pull.PostAsync("prod", "## Second\n");

        Assert.Contains("## Second", Assert.Single(github.Comments).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_comment_that_a_failing_host_made_all_the_same_is_not_made_twice()
    {
        await using var github = await LoopbackGitHub.StartAsync();
        github.Trouble(async context =>
        {
            await github.WriteAsync(context);
            context.Response.StatusCode = 502;
        });
        var pull = new PullRequest(github);

        await pull.PostAsync("prod", "## Plan\n");

        Assert.Single(github.Comments);
        Assert.Single(pull.Writes);
    }

    [Fact]
    public async Task A_locked_conversation_is_a_problem_told_well()
    {
        await using var github = await LoopbackGitHub.StartAsync();
        github.IsLocked = true;

        var failure = await Assert.ThrowsAsync<ProblemException>(() => new PullRequest(github).PostAsync("prod", "## Plan\n"));

        Assert.Equal("Conversation is locked", Assert.Single(failure.Problems).Summary);
    }

    [Fact]
    public async Task A_token_that_only_reads_is_said_and_fails_nothing()
    {
        await using var github = await LoopbackGitHub.StartAsync();
        github.OnlyReads = true;
        var said = new List<string>();
        var notices = new Notices(said.Add) { Comment = new PullRequest(github).Comment("prod") };

        await notices.TellAsync("demo", [new Problem("Some problem", "")], CancellationToken.None);
        await new Notices(said.Add) { Comment = notices.Comment, Excuse = "It comes from a fork." }.TellAsync("demo", [new Problem("Some problem", "")], CancellationToken.None);

        Assert.Contains("pull-requests: write", said[0], StringComparison.Ordinal);
        Assert.DoesNotContain(LoopbackGitHub.Token, said[0], StringComparison.Ordinal);
        Assert.Equal("It comes from a fork.", said[1]);
    }
}
