using System.Text;

namespace DssPipeline.Convergence;

/// <summary>A report as Markdown, for job summaries: the answer, a table of tasks, what went wrong, where the time went.</summary>
public static class ReportMarkdown
{
    private const int Longest = 10;

    public static string Of(string deployment, Report report)
    {
        var text = new StringBuilder($"## Rollout of {deployment}\n\n**{ReportSum.Of(deployment, report)}**\n");
        AppendTasks(text, report);
        AppendProblems(text, report);
        AppendTimings(text, report);
        return text.ToString();
    }

    private static void AppendTasks(StringBuilder text, Report report)
    {
        var byId = report.Outcomes.ToDictionary(outcome => outcome.Id);
        text.Append("\n| task | changed | as wished | failed | refused | skipped | cancelled |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n");
        foreach (var part in report.Plan.Parts.Where(part => part.Changes.Count > 0))
        {
            var endings = part.Changes.CountBy(change => byId[change.Id].Ending).ToDictionary();
            var columns = new[] { Ending.Made, Ending.Kept, Ending.Failed, Ending.Refused, Ending.Skipped, Ending.Cancelled }.Select(ending => endings.TryGetValue(ending, out var count) ? $"{count}" : "");
            text.Append($"| {part.Name} | {string.Join(" | ", columns)} |\n");
        }
    }

    private static void AppendProblems(StringBuilder text, Report report)
    {
        var problems = report.Problems().ToList();
        if (problems.Count > 0) text.Append("\n### What went wrong\n");
        foreach (var problem in problems)
        {
            text.Append($"\n- **{Escaped(problem.Summary)}**{(problem.Place is { } place ? $" at `{place}`" : "")}  \n");
            text.Append($"  {string.Join("  \n  ", Paragraph.Of(problem.Detail, int.MaxValue).Select(Escaped))}\n");
            if (problem.Command is { } command) text.Append($"\n  ```sh\n  {command.ReplaceLineEndings("\n  ")}\n  ```\n");
            if (problem.Link is { } link) text.Append($"\n  Read on: <{link}>\n");
            if (problem.Correlation is { } correlation) text.Append($"\n  Correlation id: `{Harmless.Of(correlation)}`\n");
        }
    }

    private static void AppendTimings(StringBuilder text, Report report)
    {
        var slowest = report.Outcomes.Where(outcome => outcome.Ending is Ending.Made or Ending.Failed).OrderByDescending(outcome => outcome.Took).Take(Longest).ToList();
        if (slowest.Count == 0) return;

        text.Append("\n### Where the time went\n\n| resource | ending | took |\n| --- | --- | ---: |\n");
        foreach (var outcome in slowest) text.Append($"| `{outcome.Id}` | {(outcome.Ending is Ending.Made ? OutcomeText.Done(outcome.Change.Verb) : "failed")} | {Duration.Text(outcome.Took)} |\n");
    }

    /// <summary>Text from elsewhere must not become a heading, a link, a table or a tag.</summary>
    private static string Escaped(string text) => string.Concat(text.Select(letter => letter is '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '>' or '#' or '|' or '@' ? $"\\{letter}" : $"{letter}"));
}
