namespace DssPipeline.Planes;

/// <summary>Whether anybody still waits for a trip: what is short may end, what is long is left to itself at once.</summary>
internal sealed class Leave : IDisposable
{
    private readonly CancellationTokenSource asked = new();
    private readonly CancellationTokenSource over;
    private readonly List<CancellationTokenRegistration> registrations = [];
    private int waiting;

    public Leave(IReadOnlyList<Job> jobs, TimeSpan grace, TimeProvider clock)
    {
        over = new(Timeout.InfiniteTimeSpan, clock);
        waiting = jobs.Count;
        var patience = jobs.Any(job => job.IsLong) ? TimeSpan.Zero : grace;
        foreach (var job in jobs) registrations.Add(job.Cancel.Register(() => Gone(patience)));
    }

    /// <summary>Nobody waits any more: no further attempt is begun.</summary>
    public CancellationToken Asked => asked.Token;

    /// <summary>What is under way is left to itself.</summary>
    public CancellationToken Over => over.Token;

    public void Dispose()
    {
        foreach (var registration in registrations) registration.Dispose();
        asked.Dispose();
        over.Dispose();
    }

    private void Gone(TimeSpan patience)
    {
        if (Interlocked.Decrement(ref waiting) > 0) return;

        asked.Cancel();
        if (patience == TimeSpan.Zero) over.Cancel();
        else over.CancelAfter(patience);
    }
}
