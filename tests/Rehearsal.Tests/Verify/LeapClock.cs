namespace DssPipeline.Rehearsal.Tests;

/// <summary>A clock that leaps over pauses of one length and goes as always otherwise, so that deadlines of single requests stay what they are.</summary>
internal sealed class LeapClock(TimeSpan pause) : TimeProvider
{
    private long leapt;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref leapt));

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime != pause) return System.CreateTimer(callback, state, dueTime, period);

        Interlocked.Add(ref leapt, pause.Ticks);
        return System.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
