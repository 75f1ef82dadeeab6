using DssPipeline.Chapters;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Pipelines.Tests;

public sealed class GitHubRunTests : IDisposable
{
    private readonly string happened = Path.GetTempFileName();
    private readonly Dictionary<string, string> variables = new(StringComparer.Ordinal)
    {
        ["GITHUB_REPOSITORY"] = "acme/data",
        ["GITHUB_SERVER_URL"] = "https://github.example",
        ["GITHUB_RUN_ID"] = "42",
    };

    [Theory]
    [InlineData("""{ "pull_request": { "number": 7, "head": { "repo": { "full_name": "acme/data" } } } }""", 7, false)]
    [InlineData("""{ "pull_request": { "number": 8, "head": { "repo": { "full_name": "somebody/data" } } } }""", 8, true)]
    [InlineData("""{ "issue": { "number": 9, "pull_request": {} } }""", 9, false)]
    [InlineData("""{ "issue": { "number": 10 } }""", null, false)]
    [InlineData("""{ "ref": "refs/heads/main" }""", null, false)]
    [InlineData("not JSON", null, false)]
    public void The_event_says_which_pull_request_it_is(string text, int? number, bool isFork)
    {
        File.WriteAllText(happened, text);
        variables["GITHUB_EVENT_PATH"] = happened;

        var run = GitHubRun.Of(variables.GetValueOrDefault);

        Assert.Equal((number, isFork), (run.PullRequest, run.IsFork));
        Assert.Equal("https://github.example/acme/data/actions/runs/42", run.Page?.AbsoluteUri);
    }

    [Theory]
    [InlineData("")]
    [InlineData("acme")]
    [InlineData("acme/data/../other")]
    [InlineData("acme/data\n")]
    public void What_is_no_repository_is_not_asked_for(string repository)
    {
        variables["GITHUB_REPOSITORY"] = repository;

        var failure = Assert.Throws<ProblemException>(() => GitHubRun.Of(variables.GetValueOrDefault));

        Assert.Equal("Not inside GitHub Actions", failure.Problems[0].Summary);
    }

    [Fact]
    public void A_token_never_travels_in_the_open()
    {
        (variables["GITHUB_TOKEN"], variables["GITHUB_API_URL"]) = ("ghs_secret", "http://github.example/api");

        Assert.Throws<ProblemException>(() => GitHubRun.Api(variables.GetValueOrDefault, new Redactor(), TimeProvider.System));
    }

    public void Dispose() => File.Delete(happened);
}
