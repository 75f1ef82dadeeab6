namespace DssPipeline.Pipelines.Tests;

/// <summary>One issue for what drifted under a label.</summary>
public class DriftIssueTests
{
    [Fact]
    public async Task Drift_opens_one_issue_and_the_next_drift_updates_it()
    {
        await using var github = await LoopbackGitHub.StartAsync();
        var pull = new PullRequest(github);

        var first = await pull.KeepAsync("prod", "## One difference\n", differs: true);
        var second = await pull.KeepAsync("prod", "## Two differences\n", differs: true);

        Assert.Equal("An issue was opened: Drift of prod.", first);
        Assert.Equal("Issue 1 says what drifted.", second);
        var issue = Assert.Single(github.Issues);
        Assert.Equal(("Drift of prod", "open"), (issue.Title, issue.State));
        Assert.Contains("## Two differences", issue.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_nothing_differs_any_more_it_is_closed_and_new_drift_opens_another()
    {
        await using var github = await LoopbackGitHub.StartAsync();
        var pull = new PullRequest(github);
        await pull.KeepAsync("prod", "## Drift\n", differs: true);

        var closed = await pull.KeepAsync("prod", "## Nothing to do\n", differs: false);
        await pull.KeepAsync("prod", "## Drift again\n", differs: true);

        Assert.Equal("Issue 1 is closed: nothing differs any more.", closed);
        Assert.Equal(["closed", "open"], github.Issues.Select(issue => issue.State));
    }

    [Fact]
    public async Task Without_drift_and_without_an_issue_nothing_is_written()
    {
        await using var github = await LoopbackGitHub.StartAsync();
        var pull = new PullRequest(github);

        var said = await pull.KeepAsync("prod", "## Nothing to do\n", differs: false);

        Assert.Null(said);
        Assert.Empty(pull.Writes);
    }

    [Fact]
    public async Task Pull_requests_strangers_and_other_labels_are_left_alone()
    {
        await using var github = await LoopbackGitHub.StartAsync();
        var text = "<!-- dss-pipeline:prod -->\n## Drift\n";
        github.Add(new(0, text) { IsComment = false, IsPullRequest = true });
        github.Add(new(0, text) { IsComment = false, UserType = "User" });
        github.Add(new(0, "<!-- dss-pipeline:test -->\n## Drift\n") { IsComment = false });
        var pull = new PullRequest(github);

        await pull.KeepAsync("prod", "## Drift of prod\n", differs: true);

        Assert.Equal(["POST /repos/acme/data/issues"], pull.Writes);
    }
}
