namespace DssPipeline.Chapters.Tests;

/// <summary>A clock on which time passes twenty times as fast, for what waits between real requests.</summary>
internal sealed class HastyClock : TimeProvider
{
    private const int Pace = 20;

    private readonly DateTimeOffset start = System.GetUtcNow();
    private readonly long since = System.GetTimestamp();

    public override long TimestampFrequency => System.TimestampFrequency;

    public override long GetTimestamp() => since + ((System.GetTimestamp() - since) * Pace);

    public override DateTimeOffset GetUtcNow() => start + (System.GetElapsedTime(since) * Pace);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => System.CreateTimer(callback, state, Sooner(dueTime), Sooner(period));

    private static TimeSpan Sooner(TimeSpan time) => time == Timeout.InfiniteTimeSpan ? time : time / Pace;
}
