namespace DssPipeline.Planes;

/// <summary>While one trip is under way, what comes meanwhile waits together and travels in the next. What takes long travels alone, side by side with the rest.</summary>
internal sealed class TripQueue(Trips trips) : IDisposable
{
    // A server takes ten sessions over one connection; one is the connection's own, one is for the short trips.
    private const int LongOnes = 7;

    private readonly Lock gate = new();
    private readonly SemaphoreSlim seats = new(LongOnes);
    private List<Job> waiting = [];
    private bool isUnderWay;

    /// <summary>Sends the job along; its answer comes with <see cref="Job.Answer"/>.</summary>
    public void Add(Job job)
    {
        if (job.IsLong)
        {
            _ = AloneAsync(job);
            return;
        }

        lock (gate)
        {
            waiting.Add(job);
            if (isUnderWay) return;

            isUnderWay = true;
        }

        _ = Task.Run(TravelAsync);
    }

    public void Dispose() => seats.Dispose();

    private async Task AloneAsync(Job job)
    {
        try
        {
            await seats.WaitAsync(job.Cancel);
        }
        catch (OperationCanceledException)
        {
            job.Abandon();
            return;
        }

        await trips.RunAsync([job]);
        seats.Release();
    }

    private async Task TravelAsync()
    {
        while (Next() is { Count: > 0 } jobs) await trips.RunAsync(jobs);
    }

    private List<Job> Next()
    {
        lock (gate)
        {
            var jobs = waiting;
            (waiting, isUnderWay) = ([], jobs.Count > 0);
            return jobs;
        }
    }
}
