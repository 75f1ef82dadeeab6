namespace DssPipeline.Convergence;

/// <summary>What became of one resource in a run.</summary>
public enum Ending
{
    /// <summary>It was as wished already.</summary>
    Kept,

    /// <summary>The change was made and seen.</summary>
    Made,

    /// <summary>The change was tried and did not come about.</summary>
    Failed,

    /// <summary>The change must not be made.</summary>
    Refused,

    /// <summary>Something it stands on did not come about.</summary>
    Skipped,

    /// <summary>The run was ended before its turn, or while it was waited for.</summary>
    Cancelled,
}

/// <summary>A change with its ending.</summary>
/// <param name="Problem">Why it failed or was refused, or what it was skipped for.</param>
public sealed record Outcome(Change Change, Ending Ending, TimeSpan Took, Problem? Problem = null)
{
    /// <summary>What failed beneath a thing that was kept: what stands on it is skipped all the same.</summary>
    internal Problem? Shadow { get; init; }

    public ResourceId Id => Change.Id;

    public bool IsGood => Ending is Ending.Kept or Ending.Made;
}
