namespace DssPipeline.Convergence;

/// <summary>The one sentence that answers whether the world is as wished.</summary>
public static class ReportSum
{
    public static string Of(string deployment, Report report)
    {
        var took = Duration.Text(report.Took);
        if (report.IsGood) return $"As wished: {deployment} has {string.Join(", ", [Resources(report.Outcomes.Count), .. Done(report)])}, in {took}.";

        var done = string.Join(", ", Done(report));
        var next = report.Count(Ending.Cancelled) > 0 ? " The next run goes on from here." : "";
        return $"Not as wished: {deployment} has {string.Join(", ", Bad(report))}{(done.Length > 0 ? $"; {done}" : "")}, in {took}.{next}";
    }

    private static string Resources(int count) => count == 1 ? "1 resource" : $"{count} resources";

    private static IEnumerable<string> Bad(Report report)
    {
        var counts = new[] { (Ending.Failed, "failed"), (Ending.Refused, "refused"), (Ending.Skipped, "skipped"), (Ending.Cancelled, "cancelled") };
        return counts.Where(pair => report.Count(pair.Item1) > 0).Select(pair => $"{report.Count(pair.Item1)} {pair.Item2}");
    }

    private static IEnumerable<string> Done(Report report)
    {
        var made = report.Outcomes.Where(outcome => outcome.Ending is Ending.Made).CountBy(outcome => outcome.Change.Verb).OrderBy(count => count.Key);
        var kept = report.Count(Ending.Kept);
        return [.. made.Select(count => $"{count.Value} {OutcomeText.Done(count.Key)}"), .. kept > 0 ? [$"{kept} kept"] : Enumerable.Empty<string>()];
    }
}
