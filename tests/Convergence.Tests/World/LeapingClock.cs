namespace DssPipeline.Convergence.Tests;

/// <summary>A clock that leaps to the end of every pause, so that waiting takes no time; repeating timers ring only when asked.</summary>
public sealed class LeapingClock : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<Bell> bells = [];
    private DateTimeOffset now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate) return now;
    }

    public void Leap(TimeSpan time)
    {
        lock (gate) now += time;
    }

    /// <summary>Rings every repeating timer once, at its time.</summary>
    public void Ring()
    {
        List<Bell> ringing;
        lock (gate) ringing = [.. bells];
        foreach (var bell in ringing)
        {
            Leap(bell.Period);
            bell.Ring();
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var bell = new Bell(this, () => callback(state), period);
        bell.Change(dueTime, period);
        return bell;
    }

    private sealed class Bell(LeapingClock clock, Action ring, TimeSpan period) : ITimer
    {
        public TimeSpan Period => period;

        public void Ring() => ring();

        public bool Change(TimeSpan dueTime, TimeSpan repeat)
        {
            if (repeat != Timeout.InfiniteTimeSpan)
            {
                lock (clock.gate) clock.bells.Add(this);
            }
            else if (dueTime != Timeout.InfiniteTimeSpan)
            {
                clock.Leap(dueTime);
                ThreadPool.QueueUserWorkItem(_ => ring());
            }

            return true;
        }

        public void Dispose()
        {
            lock (clock.gate) clock.bells.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
