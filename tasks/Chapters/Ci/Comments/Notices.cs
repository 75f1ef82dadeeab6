using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>Tells people where they talk: in the comment of a pull request, in the issue of a drift. What cannot be written there is said in the log and changes nothing else.</summary>
public sealed class Notices(Action<string> say)
{
    public static Notices Nowhere { get; } = new(_ => { });

    /// <summary>The comment to keep up to date; null when there is none to keep.</summary>
    public StandingComment? Comment { get; init; }

    /// <summary>The issue to keep up to date; null when there is none to keep.</summary>
    public DriftIssue? Issue { get; init; }

    /// <summary>Said in place of the problem when the pull request is one on which this run cannot write; null when that is not known.</summary>
    public string? Excuse { get; init; }

    public async Task TellAsync(string deployment, Plan plan, CancellationToken cancel)
    {
        var markdown = PlanMarkdown.Of(deployment, plan);
        await PostAsync(markdown, cancel);
        if (Issue is not { } issue) return;

        await TriedAsync("the issue", async () =>
        {
            if (await issue.KeepAsync(markdown, differs: !plan.IsEmpty, cancel) is { } said) say(said);
        });
    }

    public Task TellAsync(string deployment, Report report, CancellationToken cancel) => PostAsync(ReportMarkdown.Of(deployment, report), cancel);

    /// <summary>A run that ended early says so: an old plan must not pass for a new one.</summary>
    public Task TellAsync(string deployment, IReadOnlyList<Problem> problems, CancellationToken cancel) =>
        PostAsync($"## {deployment}\n\n**The run ended early.** What was said here before may not hold any more.\n\n{string.Concat(problems.Select(problem => $"- {problem.Summary}\n"))}", cancel);

    private Task PostAsync(string markdown, CancellationToken cancel) => Comment is not { } comment
        ? Task.CompletedTask
        : TriedAsync("the comment", async () =>
        {
            await comment.PostAsync(markdown, cancel);
            say("The comment of the pull request is up to date.");
        });

    private async Task TriedAsync(string what, Func<Task> write)
    {
        try
        {
            await write();
        }
        catch (ProblemException failure)
        {
            say(Excuse ?? $"Could not write {what}, and went on without it: {string.Join(' ', failure.Problems)}");
        }
        catch (OperationCanceledException)
        {
            say($"Cancelled before {what} was written.");
        }
    }
}
