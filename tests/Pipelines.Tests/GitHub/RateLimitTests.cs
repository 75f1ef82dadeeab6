using System.Globalization;
using DssPipeline.Convergence;

namespace DssPipeline.Pipelines.Tests;

/// <summary>GitHub's limits are waited for as GitHub asks, and not longer than a run waits for words.</summary>
public class RateLimitTests
{
    [Theory]
    [InlineData(429, "Too many requests", "17", null, 17)]
    [InlineData(403, "You have exceeded a secondary rate limit", "17", null, 17)]
    [InlineData(403, "API rate limit exceeded for installation", null, 90, 91)]
    [InlineData(403, "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.", null, null, 60)]
    public async Task A_limit_is_waited_for_as_it_is_told(int status, string message, string? after, int? reset, double wait)
    {
        await using var github = await LoopbackGitHub.StartAsync();
        var pull = new PullRequest(github);
        github.Trouble(status, message, Told(after, reset, pull.Now));

        await pull.PostAsync("prod", "## Plan\n");

        Assert.Single(github.Comments);
        Assert.Contains(wait, pull.Waits);
    }

    [Fact]
    public async Task A_limit_that_lasts_an_hour_is_told_and_not_waited_for()
    {
        await using var github = await LoopbackGitHub.StartAsync();
        var pull = new PullRequest(github);
        github.Trouble(403, "API rate limit exceeded for installation", Told(null, 3600, pull.Now));

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

    // How long to wait is told in seconds, or as the time at which the hour of a token begins anew.
    private static (string Name, string Value)[] Told(string? after, int? reset, DateTimeOffset now) =>
    [
        .. after is null ? Array.Empty<(string, string)>() : [("Retry-After", after)],
        .. reset is null ? Array.Empty<(string, string)>() : [("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", (now.ToUnixTimeSeconds() + reset.Value).ToString(CultureInfo.InvariantCulture))],
    ];
}
