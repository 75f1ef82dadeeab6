using DssPipeline.Chapters;
using DssPipeline.Convergence;
using DssPipeline.Planes;
using DssPipeline.Planes.Tests;

namespace DssPipeline.Pipelines.Tests;

/// <summary>A pull request on the loopback GitHub, and a run that tells people there. The run's waits are over at once.</summary>
internal sealed class PullRequest(LoopbackGitHub github)
{
    private const int Number = 7;

    private readonly GitHubRun run = new() { Repository = LoopbackGitHub.Repository, PullRequest = Number, Page = new("https://github.example/acme/data/actions/runs/42") };
    private readonly SkippingClock clock = new();

    /// <summary>How long the run would have waited, each time.</summary>
    public IEnumerable<double> Waits => clock.Seconds;

    public DateTimeOffset Now => clock.GetUtcNow();

    public IEnumerable<string> Writes => github.Requests.Where(request => !request.StartsWith("GET", StringComparison.Ordinal));

    private GitHubApi Api => new(new ForgeOptions { Root = github.Uri, Token = new Secret(LoopbackGitHub.Token) }, clock);

    public StandingComment Comment(string label) => new(new GitHubConversation(Api, run, Number), Label.Of(label), new Redactor());

    public DriftIssue Issue(string label) => new(Api, run, Label.Of(label), new Redactor());

    public Task PostAsync(string label, string markdown) => Comment(label).PostAsync(markdown, CancellationToken.None);

    public Task<string?> KeepAsync(string label, string markdown, bool differs) => Issue(label).KeepAsync(markdown, differs, CancellationToken.None);
}
