namespace DssPipeline.Convergence;

/// <summary>What became of one resource, in one line: sign, id, ending.</summary>
public sealed class OutcomeText(Style style)
{
    /// <param name="column">How wide ids are, so that the endings of a list stand in one column.</param>
    public string Of(Outcome outcome, int column = 0) =>
        $"{Painted(outcome)} {outcome.Id.ToString().PadRight(column)}  {Ended(outcome)}";

    internal static string Done(Verb verb) => verb switch
    {
        Verb.Create => "made",
        Verb.Replace => "made anew",
        Verb.Delete => "removed",
        Verb.Update => "changed",
        _ => "as wished",
    };

    private string Painted(Outcome outcome) => outcome.Ending switch
    {
        Ending.Made => style.Paint(outcome.Change.Verb, Symbol.Of(outcome.Change.Verb)),
        Ending.Failed or Ending.Refused => style.Bad(Symbol.Of(outcome.Ending)),
        _ => style.Faint(Symbol.Of(outcome.Ending)),
    };

    private static string Ended(Outcome outcome) => outcome.Ending switch
    {
        Ending.Kept => "as wished",
        Ending.Made => $"{Done(outcome.Change.Verb)} in {Duration.Text(outcome.Took)}",
        Ending.Failed => $"failed after {Duration.Text(outcome.Took)}: {outcome.Problem?.Summary}",
        Ending.Refused => $"refused: {outcome.Problem?.Summary}",
        Ending.Skipped => $"skipped: {outcome.Problem?.Detail}",
        _ => outcome.Problem is null ? "not begun" : "cut in the middle",
    };
}
