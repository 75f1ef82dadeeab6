using System.Globalization;
using DssPipeline.Chapters;
using DssPipeline.Convergence;
using DssPipeline.Planes;
using DssPipeline.Planes.Tests;

namespace DssPipeline.Pipelines.Tests;

/// <summary>One comment a label on a pull request of Azure Repos, over HTTP.</summary>
public class AzureDevOpsConversationTests
{
    private const string Prod = "<!-- dss-pipeline:prod -->";

    [Fact]
    public async Task The_first_plan_makes_a_thread_that_nobody_has_to_resolve()
    {
        await using var repos = await AzureRepos.StartAsync();

        await PostAsync(repos, "prod", "## Plan");

        var thread = Assert.Single(repos.Threads);
        Assert.StartsWith(Prod, AzureRepos.ContentOf(thread), StringComparison.Ordinal);
        Assert.Contains($"{repos.Address}/contoso/project-1/_build/results?buildId=4711", AzureRepos.ContentOf(thread), StringComparison.Ordinal);
        Assert.Null(thread["status"]);
    }

    [Fact]
    public async Task The_next_plan_stands_in_its_place()
    {
        await using var repos = await AzureRepos.StartAsync();
        repos.Begin("Looks good to me.", "somebody");
        repos.Begin($"{Prod}\nan older plan");

        await PostAsync(repos, "prod", "## Plan of today");

        Assert.Equal(2, repos.Threads.Count);
        Assert.Contains("Plan of today", AzureRepos.ContentOf(repos.Threads[1]), StringComparison.Ordinal);
        Assert.DoesNotContain("an older plan", AzureRepos.ContentOf(repos.Threads[1]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_plan_is_not_written_twice()
    {
        await using var repos = await AzureRepos.StartAsync();
        await PostAsync(repos, "prod", "## Plan");
        var before = repos.Requests.Count;

        await PostAsync(repos, "prod", "## Plan");

        Assert.All(repos.Requests.Skip(before), request => Assert.StartsWith("GET ", request, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_environments_have_two_threads()
    {
        await using var repos = await AzureRepos.StartAsync();

        await PostAsync(repos, "prod", "## Plan of prod");
        await PostAsync(repos, "test", "## Plan of test");
        await PostAsync(repos, "prod", "## Plan of prod, again");

        Assert.Equal(2, repos.Threads.Count);
        Assert.Contains("of prod, again", AzureRepos.ContentOf(repos.Threads[0]), StringComparison.Ordinal);
        Assert.Contains("of test", AzureRepos.ContentOf(repos.Threads[1]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_copies_the_marker_keeps_what_he_wrote()
    {
        await using var repos = await AzureRepos.StartAsync();
        repos.Begin($"{Prod}\nmine", "somebody");

        await PostAsync(repos, "prod", "## Plan");

        Assert.Equal(2, repos.Threads.Count);
        Assert.EndsWith("mine", AzureRepos.ContentOf(repos.Threads[0]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deleted_comment_is_made_anew()
    {
        await using var repos = await AzureRepos.StartAsync();
        repos.Begin($"{Prod}\ngone")["isDeleted"] = true;

        await PostAsync(repos, "prod", "## Plan");

        Assert.Equal(2, repos.Threads.Count);
    }

    [Fact]
    public async Task A_large_plan_is_cut_where_a_resource_ends_and_says_where_the_rest_is()
    {
        await using var repos = await AzureRepos.StartAsync();
        var lines = Enumerable.Range(0, 4000).Select(number => $"+ azure/thing/number-{number.ToString("D4", CultureInfo.InvariantCulture)}\n    /name: a value that takes some room");

        await PostAsync(repos, "prod", $"## Plan\n\n```diff\n{string.Join('\n', lines)}\n```\n");

        var content = AzureRepos.ContentOf(Assert.Single(repos.Threads));
        Assert.InRange(content.Length, 100_000, 150_000);
        Assert.Contains("Not all of it fits here", content, StringComparison.Ordinal);
        Assert.Contains("buildId=4711", content, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(429, "Request was blocked due to exceeding usage.", "17", 17)]
    [InlineData(503, "TF400898: An Internal Error Occurred.", null, 0)]
    public async Task Patience_is_had_when_it_is_asked_for_and_no_second_thread_begun_when_nobody_knows(int status, string message, string? after, double wait)
    {
        await using var repos = await AzureRepos.StartAsync();
        repos.Trouble(status, message, after is null ? [] : [("Retry-After", after)]);
        var clock = new SkippingClock();

        await PostAsync(repos, "prod", "## Plan", clock: clock);

        Assert.Single(repos.Threads);
        Assert.Equal(2, repos.Requests.Count(request => request.StartsWith("POST ", StringComparison.Ordinal)));
        Assert.Equal(wait, clock.Seconds.Sum());
    }

    [Fact]
    public async Task A_limit_that_lasts_an_hour_is_told_and_not_waited_for()
    {
        await using var repos = await AzureRepos.StartAsync();
        repos.Trouble(429, "Request was blocked due to exceeding usage.", ("Retry-After", "3600"));
        var clock = new SkippingClock();

        var problem = await Assert.ThrowsAsync<ProblemException>(() => PostAsync(repos, "prod", "## Plan", clock: clock));

        Assert.Equal("Throttled by Azure DevOps", problem.Problems.Single().Summary);
        Assert.Empty(clock.Seconds);
    }

    [Fact]
    public async Task A_right_that_is_missing_is_named()
    {
        await using var repos = await AzureRepos.StartAsync();
        repos.Trouble(403, "TF401027: You need the Git 'PullRequestContribute' permission to perform this action.");

        var problem = await Assert.ThrowsAsync<ProblemException>(() => PostAsync(repos, "prod", "## Plan"));

        Assert.Equal("Not allowed in Azure DevOps", problem.Problems.Single().Summary);
        Assert.Contains("Contribute to pull requests", problem.Problems.Single().Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_is_not_known_is_told_and_not_shown()
    {
        await using var repos = await AzureRepos.StartAsync();
        string? Wrong(string name) => name == "SYSTEM_ACCESSTOKEN" ? "an-old-token" : repos.Variables(name);

        var problem = await Assert.ThrowsAsync<ProblemException>(() => PostAsync(repos, "prod", "## Plan", Wrong));

        Assert.Equal("Azure DevOps does not know the token", problem.Problems.Single().Summary);
        Assert.DoesNotContain("an-old-token", $"{problem}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SYSTEM_ACCESSTOKEN", null, "Not inside Azure Pipelines")]
    [InlineData("SYSTEM_COLLECTIONURI", "http://devops.example.com/", "Not inside Azure Pipelines")]
    [InlineData("BUILD_REPOSITORY_PROVIDER", "GitHub", "Pull request lies elsewhere")]
    public async Task What_is_missing_is_told_before_anybody_is_asked(string name, string? value, string summary)
    {
        await using var repos = await AzureRepos.StartAsync();
        string? Other(string variable) => variable == name ? value : repos.Variables(variable);

        var problem = await Assert.ThrowsAsync<ProblemException>(() => PostAsync(repos, "prod", "## Plan", Other));

        Assert.Equal(summary, problem.Problems.Single().Summary);
        Assert.Empty(repos.Requests);
    }

    private static async Task PostAsync(AzureRepos repos, string label, string markdown, Func<string, string?>? variables = null, TimeProvider? clock = null)
    {
        variables ??= repos.Variables;
        var (run, redactor) = (AzureDevOpsRun.Of(variables), new Redactor());
        var api = AzureDevOpsRun.Api(variables, redactor, clock ?? new SkippingClock());
        var conversation = new AzureDevOpsConversation(api, run, run.PullRequest ?? 0);
        await new StandingComment(conversation, Label.Of(label), redactor).PostAsync(markdown, TestContext.Current.CancellationToken);
    }
}
