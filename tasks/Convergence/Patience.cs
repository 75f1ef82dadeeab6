namespace DssPipeline.Convergence;

/// <summary>Pauses between looks that grow longer, up to a deadline.</summary>
internal sealed class Patience(TimeSpan whole, RolloutOptions options, TimeProvider clock)
{
    private readonly long since = clock.GetTimestamp();
    private TimeSpan pause = options.FirstPause;

    public TimeSpan Whole => whole;

    public TimeSpan Since => clock.GetElapsedTime(since);

    public bool IsOver => Since >= whole;

    public async Task PauseAsync(CancellationToken cancel)
    {
        var left = whole - Since;
        await Task.Delay(left < TimeSpan.Zero ? TimeSpan.Zero : Shorter(pause, left), clock, cancel);
        pause = Shorter(pause * 1.5, options.LongestPause);
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
