namespace DssPipeline.Convergence;

/// <summary>A report as people read it in a terminal.</summary>
public sealed class ReportText(Style style)
{
    private readonly OutcomeText outcomes = new(style);
    private readonly ProblemText problems = new(style);

    /// <summary>The whole report, grouped by task, then the problems; the last line answers the question the reader came with.</summary>
    public string Of(string deployment, Report report) => string.Join('\n', Lines(deployment, report)) + "\n";

    /// <summary>The lines of one task: what was done, and how much was as wished already.</summary>
    public IEnumerable<string> Of(PlannedPart part, IReadOnlyCollection<Outcome> ended)
    {
        var told = ended.Where(outcome => outcome.Ending is not Ending.Kept).ToList();
        var kept = ended.Count - told.Count;
        var column = told.Select(outcome => outcome.Id.ToString().Length).DefaultIfEmpty().Max();

        yield return $"{style.Bold(part.Name)}  {style.Faint(part.Description)}";
        foreach (var outcome in told) yield return $"  {outcomes.Of(outcome, column)}";
        if (kept > 0) yield return $"  {style.Faint($"= {kept} as wished")}";
    }

    private IEnumerable<string> Lines(string deployment, Report report)
    {
        var byId = report.Outcomes.ToDictionary(outcome => outcome.Id);
        yield return $"Rollout of {deployment}";
        foreach (var part in report.Plan.Parts.Where(part => part.Changes.Count > 0))
        {
            yield return "";
            foreach (var line in Of(part, [.. part.Changes.Select(change => byId[change.Id])])) yield return line;
        }

        foreach (var problem in report.Problems())
        {
            yield return "";
            foreach (var line in problems.Of(problem)) yield return line;
        }

        yield return "";
        if (report.Unheard is { } unheard) yield return style.Faint(Harmless.Of(unheard.Detail));
        yield return report.IsGood ? style.Good(ReportSum.Of(report)) : style.Bad(ReportSum.Of(report));
    }
}
