using System.Globalization;
using DssPipeline.Convergence;

namespace DssPipeline.Pipelines.Tests;

/// <summary>GitHub's limits are waited for as GitHub asks, and not longer than a run waits for words.</summary>
public class RateLimitTests
{
    [Theory]
    [InlineData(429, "Too many requests")]
    [InlineData(403, "You have exceeded a secondary rate limit")]
    public async Task Retry_After_is_waited_for(int status, string message)
    {
        await using var github = await LoopbackGitHub.StartAsync();
        github.Trouble(status, message, ("Retry-After", "17"));
        var pull = new PullRequest(github);

        await pull.PostAsync("prod", "## Plan\n");

        Assert.Single(github.Comments);
        Assert.Contains(17, pull.Waits);
    }

    [Fact]
    public async Task The_reset_of_the_hourly_limit_is_waited_for()
    {
        await using var github = await LoopbackGitHub.StartAsync();
        var pull = new PullRequest(github);
        var reset = pull.Now.ToUnixTimeSeconds() + 90;
        github.Trouble(403, "API rate limit exceeded for installation", ("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", reset.ToString(CultureInfo.InvariantCulture)));

        await pull.PostAsync("prod", "## Plan\n");

        Assert.Single(github.Comments);
        Assert.Contains(91, pull.Waits);
    }

    [Fact]
    public async Task A_secondary_limit_without_a_time_is_left_alone_for_a_minute()
    {
        await using var github = await LoopbackGitHub.StartAsync();
        github.Trouble(403, "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.");
        var pull = new PullRequest(github);

        await pull.PostAsync("prod", "## Plan\n");

        Assert.Single(github.Comments);
        Assert.Contains(60, pull.Waits);
    }

    [Fact]
    public async Task A_limit_that_lasts_an_hour_is_told_and_not_waited_for()
    {
        await using var github = await LoopbackGitHub.StartAsync();
        var pull = new PullRequest(github);
        var reset = pull.Now.ToUnixTimeSeconds() + 3600;
        github.Trouble(403, "API rate limit exceeded for installation", ("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", reset.ToString(CultureInfo.InvariantCulture)));

        var failure = await Assert.ThrowsAsync<ProblemException>(() => pull.PostAsync("prod", "## Plan\n"));

        Assert.Equal("Throttled by GitHub", Assert.Single(failure.Problems).Summary);
        Assert.Empty(pull.Waits);
    }

    [Fact]
    public async Task A_missing_permission_is_not_taken_for_a_limit()
    {
        await using var github = await LoopbackGitHub.StartAsync();
        github.OnlyReads = true;
        var pull = new PullRequest(github);

        var failure = await Assert.ThrowsAsync<ProblemException>(() => pull.PostAsync("prod", "## Plan\n"));

        Assert.Equal("Not allowed on GitHub", Assert.Single(failure.Problems).Summary);
        Assert.Single(pull.Writes);
    }
}
