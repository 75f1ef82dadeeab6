using System.Text;

namespace DssPipeline.Convergence;

/// <summary>A report as Markdown, for job summaries.</summary>
public static class ReportMarkdown
{
    public static string Of(string deployment, Report report)
    {
        var last = new ReportText(Style.Plain).Of(deployment, report).TrimEnd().Split('\n')[^1];
        var text = new StringBuilder($"## {deployment}\n\n{last}\n");
        if (report.Outcomes.Any(outcome => outcome.Ending is not Ending.Kept)) text.Append("\n| resource | change | ending | took |\n| --- | --- | --- | --- |\n");
        foreach (var outcome in report.Outcomes.Where(outcome => outcome.Ending is not Ending.Kept))
        {
            text.Append($"| {outcome.Id} | {PlanJson.Name(outcome.Change.Verb)} | {PlanJson.Name(outcome.Ending)} | {Duration.Text(outcome.Took)} |\n");
        }

        foreach (var outcome in report.Outcomes.Where(outcome => outcome.Problem is not null && outcome.Ending is Ending.Failed or Ending.Refused))
        {
            text.Append($"\n### {outcome.Id}: {outcome.Problem!.Summary}\n\n{outcome.Problem.Detail}\n");
        }

        return text.ToString();
    }
}
