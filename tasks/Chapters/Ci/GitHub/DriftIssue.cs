using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The one open issue that says what drifted under a label: opened, kept up to date, closed when nothing differs any more.</summary>
public sealed class DriftIssue(GitHubApi api, GitHubRun run, Label label, Redactor redactor)
{
    private const int Longest = 65_536;

    private string Issues => $"repos/{run.Repository}/issues";

    /// <returns>What became of the issue, in words; null when there is none and none is needed.</returns>
    /// <exception cref="ProblemException">GitHub does not let this run read or write issues.</exception>
    public async Task<string?> KeepAsync(string markdown, bool differs, CancellationToken cancel)
    {
        var text = CommentText.Of(label, redactor.Clean(markdown), Longest, run.Page);
        var found = await FindAsync(cancel);
        if (found is { } open) return await WriteAsync(open, text, differs, cancel);
        if (!differs) return null;

        var made = await api.PostAsync(Issues, new JsonObject { ["title"] = $"Drift of {label.Name}", ["body"] = text }, cancel);
        return made ? $"An issue was opened: Drift of {label.Name}." : $"It is unclear whether an issue was opened: GitHub failed. The next run that finds drift looks for it.";
    }

    private async Task<string> WriteAsync(long number, string text, bool differs, CancellationToken cancel)
    {
        var body = new JsonObject { ["body"] = text };
        if (!differs) (body["state"], body["state_reason"]) = ("closed", "completed");
        var there = await api.PatchAsync($"{Issues}/{number}", body, cancel);
        return !there ? $"Issue {number} was removed meanwhile." : differs ? $"Issue {number} says what drifted." : $"Issue {number} is closed: nothing differs any more.";
    }

    private async Task<long?> FindAsync(CancellationToken cancel)
    {
        await foreach (var item in api.ListAsync($"{Issues}?state=open", cancel))
        {
            // GitHub lists pull requests among the issues.
            if (!item.ContainsKey("pull_request") && GitHubAuthor.MayBeOurs(item) && label.Heads($"{Pointer.Member(item, "body")}") && Pointer.Member(item, "number") is JsonValue number) return number.GetValue<long>();
        }

        return null;
    }
}
