namespace DssPipeline.Planes;

/// <summary>Tells what a job is doing, the newest words about once a second.</summary>
internal sealed class ProgressOfJob(Job job, MachineOptions options, TimeProvider clock)
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly DateTimeOffset since = clock.GetUtcNow();
    private DateTimeOffset last = DateTimeOffset.MinValue;
    private string? newest;
    private bool isHeld;

    public void Hear(string text)
    {
        lock (gate)
        {
            newest = text;
            if (isHeld) return;

            isHeld = true;
        }

        _ = TellAsync();
    }

    private async Task TellAsync()
    {
        var wait = last + Pace - clock.GetUtcNow();
        if (wait > TimeSpan.Zero) await Task.Delay(wait, clock);

        string text;
        lock (gate)
        {
            (text, newest, isHeld, last) = (newest!, null, false, clock.GetUtcNow());
        }

        if (job.IsOpen) options.Waiting?.Report(new Wait($"{job.Id}", options.Redactor.Clean(text), since));
    }
}
