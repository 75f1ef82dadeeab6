namespace DssPipeline.Convergence;

/// <summary>A report as people read it in a terminal; the last line answers the question the reader came with.</summary>
public sealed class ReportText(Style style)
{
    /// <summary>What did not come about, and how the run ended.</summary>
    public string Of(string deployment, Report report)
    {
        var bad = report.Outcomes.Where(outcome => outcome.Ending is Ending.Failed or Ending.Refused && outcome.Problem is not null);
        var told = bad.Select(outcome => $"{outcome.Id}\n{new ProblemText(style).Of(outcome.Problem!)}");
        return string.Concat(told) + Sum(deployment, report) + "\n";
    }

    /// <summary>One line for one outcome.</summary>
    public string Of(Outcome outcome) => outcome.Ending switch
    {
        Ending.Made => $"  {style.Paint(outcome.Change.Verb, Symbol.Of(outcome.Change.Verb))} {outcome.Id}  {style.Faint(Duration.Text(outcome.Took))}",
        Ending.Kept => $"  {style.Faint($"= {outcome.Id}")}",
        Ending.Skipped => $"  {style.Faint($"· {outcome.Id}  skipped: {outcome.Problem?.Detail}")}",
        Ending.Cancelled => $"  {style.Faint($"· {outcome.Id}  left: the run was ended")}",
        _ => $"  {style.Bad("✗")} {outcome.Id}  {outcome.Problem?.Summary}",
    };

    private string Sum(string deployment, Report report)
    {
        var (made, kept) = (report.Count(Ending.Made), report.Count(Ending.Kept));
        if (report.IsGood) return style.Good($"As wished: {deployment} has {made + kept} resources, {made} made and {kept} kept, in {Duration.Text(report.Took)}.");

        var counts = new[] { Ending.Failed, Ending.Refused, Ending.Skipped, Ending.Cancelled }
            .Where(ending => report.Count(ending) > 0)
            .Select(ending => $"{report.Count(ending)} {PlanJson.Name(ending)}");
        return style.Bad($"Not as wished: {deployment}: {string.Join(", ", counts)}; {made} made, {kept} kept, in {Duration.Text(report.Took)}.");
    }
}
