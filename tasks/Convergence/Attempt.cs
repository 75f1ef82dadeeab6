namespace DssPipeline.Convergence;

/// <summary>One try at a change: what it has come to be by now, and since when it is under way.</summary>
internal sealed class Attempt(Change planned, TimeProvider clock)
{
    private long? since;

    public Change Change { get; set; } = planned;

    /// <summary>Whether the remote was asked to change something.</summary>
    public bool IsWriting { get; set; }

    public void Begin() => since = clock.GetTimestamp();

    public Outcome End(Ending ending, Problem? problem = null) =>
        new(Change, ending, since is { } begin ? clock.GetElapsedTime(begin) : TimeSpan.Zero, problem);

    /// <param name="left">What stays of it that people should know of; null when nothing does.</param>
    public Outcome Cancelled(Problem? left) => End(Ending.Cancelled, left ?? (IsWriting ? Refusals.CutInTheMiddle(Change) : null));
}
