using DssPipeline.Chapters;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Build;

/// <summary>Finds out where --comment and --issue are written: the CI system that runs this says it in its environment.</summary>
internal static class Noticing
{
    /// <summary>Where this run tells people. That there is no such place is said, and nothing more.</summary>
    public static Notices Of(RunSettings settings, Manifest? manifest, Redactor redactor, Audience audience)
    {
        if (manifest is null || settings.OnlyTells || !(settings.Comment || settings.Issue)) return Notices.Nowhere;

        try
        {
            var label = Label.Of(settings.Label ?? manifest.Name);
            return Is("GITHUB_ACTIONS") ? OnGitHub(settings, label, redactor, audience)
                : Is("TF_BUILD") ? OnAzureDevOps(settings, label, redactor, audience)
                : throw new ProblemException(Elsewhere);
        }
        catch (ProblemException failure)
        {
            audience.Say($"No comment and no issue: {string.Join(' ', failure.Problems)}");
            return Notices.Nowhere;
        }
    }

    private static Problem Elsewhere => new(
        "No pull request here",
        "--comment and --issue write where the CI system keeps pull requests, and this is neither a job of GitHub Actions nor one of Azure Pipelines. Leave them out here.");

    private static Notices OnGitHub(RunSettings settings, Label label, Redactor redactor, Audience audience)
    {
        var run = GitHubRun.Of(Environment.GetEnvironmentVariable);
        var api = GitHubRun.Api(Environment.GetEnvironmentVariable, redactor, TimeProvider.System);
        if (settings.Comment && run.PullRequest is null) audience.Say("No comment: this run belongs to no pull request.");
        return new(audience.Say)
        {
            Comment = settings.Comment && run.PullRequest is { } number ? new(new GitHubConversation(api, run, number), label, redactor) : null,
            Issue = settings.Issue ? new(api, run, label, redactor) : null,
            Excuse = run.IsFork ? "No comment: the pull request comes from a fork, and the token of its runs only reads. The plan is in the summary of the run." : null,
        };
    }

    private static Notices OnAzureDevOps(RunSettings settings, Label label, Redactor redactor, Audience audience)
    {
        if (settings.Issue) audience.Say("No issue: issues are kept on GitHub only. What drifted is in the summary of the run.");
        if (!settings.Comment) return Notices.Nowhere;

        var run = AzureDevOpsRun.Of(Environment.GetEnvironmentVariable);
        if (run.PullRequest is not { } number)
        {
            audience.Say("No comment: this run belongs to no pull request.");
            return Notices.Nowhere;
        }

        var api = AzureDevOpsRun.Api(Environment.GetEnvironmentVariable, redactor, TimeProvider.System);
        return new(audience.Say) { Comment = new(new AzureDevOpsConversation(api, run, number), label, redactor) };
    }

    private static bool Is(string name) => string.Equals(Environment.GetEnvironmentVariable(name), "true", StringComparison.OrdinalIgnoreCase);
}
