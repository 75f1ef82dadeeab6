namespace DssPipeline.Planes;

/// <summary>Tells what a job is doing, the newest words about once a second.</summary>
internal sealed class ProgressOfJob(Job job, MachineOptions options, TimeProvider clock)
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly DateTimeOffset since = clock.GetUtcNow();
    private DateTimeOffset last = DateTimeOffset.UnixEpoch;
    private string? newest;
    private bool isHeld;

    public void Hear(string text)
    {
        TimeSpan wait;
        lock (gate)
        {
            newest = text;
            if (isHeld) return;

            wait = last + Pace - clock.GetUtcNow();
            isHeld = true;
        }

        if (wait > TimeSpan.Zero) _ = TellLaterAsync(wait);
        else Tell();
    }

    private async Task TellLaterAsync(TimeSpan wait)
    {
        await Task.Delay(wait, clock);
        if (job.IsOpen) Tell();
    }

    private void Tell()
    {
        string text;
        lock (gate)
        {
            (text, newest, isHeld, last) = (newest!, null, false, clock.GetUtcNow());
        }

        options.Waiting?.Report(new Wait($"{job.Id}", options.Redactor.Clean(text), since));
    }
}
