namespace DssPipeline.Convergence;

/// <summary>All outcomes of a run.</summary>
public sealed record Report(Plan Plan, IReadOnlyList<Outcome> Outcomes, DateTimeOffset Started, TimeSpan Took)
{
    /// <summary>Why the audience did not hear everything; null when it did.</summary>
    public Problem? Unheard { get; init; }

    public bool IsGood => Outcomes.All(outcome => outcome.IsGood);

    public int Count(Ending ending) => Outcomes.Count(outcome => outcome.Ending == ending);

    /// <summary>What a reader has to know or do, in the order of the plan; what was skipped is named there by its cause.</summary>
    public IReadOnlyList<Problem> Problems() =>
        Sharing.Of(Outcomes.Where(outcome => outcome.Ending is not (Ending.Kept or Ending.Made or Ending.Skipped)).Select(outcome => outcome.Problem).OfType<Problem>());
}
