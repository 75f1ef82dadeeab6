using System.Text;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>Problems that ended a run early as Markdown, for job summaries.</summary>
internal static class ProblemsMarkdown
{
    public static string Of(IReadOnlyList<Problem> problems)
    {
        var text = new StringBuilder("## The run ended early\n");
        foreach (var problem in problems)
        {
            text.Append($"\n### {problem.Summary}\n\n");
            if (problem.Place is { } place) text.Append($"at `{place}`\n\n");
            // Indented by four: whatever it says, it is text.
            foreach (var line in problem.Detail.ReplaceLineEndings("\n").Split('\n')) text.Append($"    {line}\n");
            if (problem.Command is { } command) text.Append($"\n    {command.ReplaceLineEndings("\n    ")}\n");
        }

        return text.ToString();
    }
}
