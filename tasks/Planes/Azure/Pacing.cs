namespace DssPipeline.Planes;

/// <summary>The pauses of one long wait: as Azure asks, or else longer and longer; and its deadline.</summary>
internal sealed class Pacing(ArmOptions options, TimeProvider clock, TimeSpan deadline)
{
    private TimeSpan next = TimeSpan.FromSeconds(1);

    public DateTimeOffset Since { get; } = clock.GetUtcNow();

    public TimeSpan Passed => clock.GetUtcNow() - Since;

    public bool IsOver => Passed > deadline;

    /// <summary>Tells what is waited for, and waits.</summary>
    public async Task PauseAsync(string subject, string reason, TimeSpan? asked, CancellationToken cancel)
    {
        options.Waiting?.Report(new Wait(subject, reason, Since));
        await Task.Delay(asked ?? Unhinted(), clock, cancel);
    }

    private TimeSpan Unhinted()
    {
        var now = next < options.Waits.Interval ? next : options.Waits.Interval;
        next = now * 2;
        return now;
    }
}
