namespace DssPipeline.Convergence;

/// <summary>All outcomes of a run.</summary>
public sealed record Report(Plan Plan, IReadOnlyList<Outcome> Outcomes, DateTimeOffset Started, TimeSpan Took)
{
    public bool IsGood => Outcomes.All(outcome => outcome.IsGood);

    public int Count(Ending ending) => Outcomes.Count(outcome => outcome.Ending == ending);
}
