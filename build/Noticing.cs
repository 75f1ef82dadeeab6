using DssPipeline.Chapters;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Build;

/// <summary>Finds out where --comment and --issue are written: the CI system that runs this says it in its environment.</summary>
internal static class Noticing
{
    /// <summary>Where this run tells people. That there is no such place is said, and nothing more.</summary>
    public static Notices Of(RunSettings settings, Manifest? manifest, Redactor redactor, Action<string> say)
    {
        if (manifest is null || settings.OnlyTells || !(settings.Comment || settings.Issue)) return Notices.Nowhere;

        return Of(settings, settings.Label ?? settings.Environment ?? manifest.Name, redactor, say);
    }

    /// <summary>A run that could not even begin says so where an older one told its plan, as far as the command line says where that is.</summary>
    public static async Task TellAsync(RunSettings settings, IReadOnlyList<Problem> problems, Action<string> say, CancellationToken cancel)
    {
        if (settings.OnlyTells || !settings.Comment) return;

        if ((settings.Label ?? settings.Environment) is { } label) await Of(settings, label, Teaching.Redactor, say).TellAsync(label, problems, cancel);
        else say("No comment: without --label or --environment the name of the deployment would say which one, and that could not be read.");
    }

    private static Notices Of(RunSettings settings, string name, Redactor redactor, Action<string> say)
    {
        try
        {
            var label = Label.Of(name);
            return Is("GITHUB_ACTIONS") ? OnGitHub(settings, label, redactor, say)
                : Is("TF_BUILD") ? OnAzureDevOps(settings, label, redactor, say)
                : throw new ProblemException(Elsewhere);
        }
        catch (ProblemException failure)
        {
            say($"No comment and no issue: {string.Join(' ', failure.Problems)}");
            return Notices.Nowhere;
        }
    }

    private static Problem Elsewhere => new(
        "No pull request here",
        "--comment and --issue write where the CI system keeps pull requests, and this is neither a job of GitHub Actions nor one of Azure Pipelines. Leave them out here.");

    private static Notices OnGitHub(RunSettings settings, Label label, Redactor redactor, Action<string> say)
    {
        var run = GitHubRun.Of(Environment.GetEnvironmentVariable);
        var api = GitHubRun.Api(Environment.GetEnvironmentVariable, redactor, TimeProvider.System);
        if (settings.Comment && run.PullRequest is null) say("No comment: this run belongs to no pull request.");
        return new(say)
        {
            Comment = settings.Comment && run.PullRequest is { } number ? new(new GitHubConversation(api, run, number), label, redactor) : null,
            Issue = settings.Issue ? new(api, run, label, redactor) : null,
            Excuse = run.IsFork ? "No comment: the pull request comes from a fork, and the token of its runs only reads. The plan is in the summary of the run." : null,
        };
    }

    private static Notices OnAzureDevOps(RunSettings settings, Label label, Redactor redactor, Action<string> say)
    {
        if (settings.Issue) say("No issue: issues are kept on GitHub only. What drifted is in the summary of the run.");
        if (!settings.Comment) return Notices.Nowhere;

        var run = AzureDevOpsRun.Of(Environment.GetEnvironmentVariable);
        if (run.PullRequest is not { } number)
        {
            say("No comment: this run belongs to no pull request.");
            return Notices.Nowhere;
        }

        var api = AzureDevOpsRun.Api(Environment.GetEnvironmentVariable, redactor, TimeProvider.System);
        return new(say) { Comment = new(new AzureDevOpsConversation(api, run, number), label, redactor) };
    }

    private static bool Is(string name) => string.Equals(Environment.GetEnvironmentVariable(name), "true", StringComparison.OrdinalIgnoreCase);
}
