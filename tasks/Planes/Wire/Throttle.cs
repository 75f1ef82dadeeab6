namespace DssPipeline.Planes;

/// <summary>Holds back every request to a remote while it asks for patience, so that retries do not add to the load.</summary>
public sealed class Throttle(TimeProvider clock)
{
    private long until;

    /// <summary>Nobody sends before this time has passed.</summary>
    public void Hold(TimeSpan wait)
    {
        var wished = (clock.GetUtcNow() + wait).UtcTicks;
        for (var seen = Volatile.Read(ref until); seen < wished;)
        {
            var before = Interlocked.CompareExchange(ref until, wished, seen);
            if (before == seen) return;
            seen = before;
        }
    }

    public async Task WaitAsync(CancellationToken cancel)
    {
        for (var left = Left(); left > TimeSpan.Zero; left = Left()) await Task.Delay(left, clock, cancel);
    }

    private TimeSpan Left() => TimeSpan.FromTicks(Volatile.Read(ref until) - clock.GetUtcNow().UtcTicks);
}
