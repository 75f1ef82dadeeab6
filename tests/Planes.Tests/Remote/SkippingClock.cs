using System.Collections.Concurrent;

namespace DssPipeline.Planes.Tests;

/// <summary>A clock on which every wait is over at once, and which remembers how long each would have been.</summary>
internal sealed class SkippingClock(DateTimeOffset start) : TimeProvider
{
    private readonly ConcurrentQueue<TimeSpan> waits = [];
    private long passed;

    public SkippingClock()
        : this(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))
    {
    }

    public IReadOnlyList<TimeSpan> Waits => [.. waits];

    public IEnumerable<double> Seconds => waits.Select(wait => wait.TotalSeconds);

    /// <summary>Called when somebody begins to wait.</summary>
    public Action Waiting { get; set; } = () => { };

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => start.AddTicks(Interlocked.Read(ref passed));

    public override long GetTimestamp() => Interlocked.Read(ref passed);

    public void Skip(TimeSpan time) => Interlocked.Add(ref passed, time.Ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime == Timeout.InfiniteTimeSpan) return new Stopped();

        waits.Enqueue(dueTime);
        Skip(dueTime);
        Waiting();
        ThreadPool.QueueUserWorkItem(_ => callback(state));
        return new Stopped();
    }

    private sealed class Stopped : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
