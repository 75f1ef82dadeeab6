namespace DssPipeline.Convergence;

/// <summary>A report as people read it in a terminal; the last line answers the question the reader came with.</summary>
public sealed class ReportText(Style style)
{
    private readonly OutcomeText outcomes = new(style);
    private readonly ProblemText problems = new(style);

    /// <summary>What did not come about, and how the run ended: for those who were told the tasks while it went on.</summary>
    public string Of(string deployment, Report report) => Text([.. Problems(report), Sum(deployment, report)]);

    /// <summary>The whole report, grouped by task.</summary>
    public string Whole(string deployment, Report report)
    {
        var byId = report.Outcomes.ToDictionary(outcome => outcome.Id);
        var tasks = report.Plan.Parts.Where(part => part.Changes.Count > 0)
            .SelectMany(part => Of(part, [.. part.Changes.Select(change => byId[change.Id])]).Append(""));
        return Text([.. tasks, .. Problems(report), Sum(deployment, report)]);
    }

    /// <summary>The lines of one task: what became of each resource, and how many were as wished already.</summary>
    public IEnumerable<string> Of(PlannedPart part, IReadOnlyCollection<Outcome> ended) =>
        [$"{style.Bold(part.Name)}  {style.Faint(part.Description)}", .. Of(ended)];

    /// <summary>The same without the heading.</summary>
    public IEnumerable<string> Of(IReadOnlyCollection<Outcome> ended)
    {
        var told = ended.Where(outcome => outcome.Ending is not Ending.Kept).ToList();
        var column = told.Select(outcome => outcome.Id.ToString().Length).DefaultIfEmpty().Max();
        foreach (var outcome in told) yield return $"  {outcomes.Of(outcome, column)}";
        if (ended.Count > told.Count) yield return $"  {style.Faint($"= {ended.Count - told.Count} as wished")}";
    }

    /// <summary>One line for one outcome.</summary>
    public string Of(Outcome outcome) => $"  {outcomes.Of(outcome)}";

    private IEnumerable<string> Problems(Report report) =>
        [.. report.Problems().SelectMany(problem => problems.Lines(problem).Append("")), .. report.Unheard is { } unheard ? [style.Faint(unheard.Detail)] : Array.Empty<string>()];

    private string Sum(string deployment, Report report) =>
        report.IsGood ? style.Good(ReportSum.Of(deployment, report)) : style.Bad(ReportSum.Of(deployment, report));

    private static string Text(IEnumerable<string> lines) => string.Concat(lines.Select(line => $"{line}\n"));
}
