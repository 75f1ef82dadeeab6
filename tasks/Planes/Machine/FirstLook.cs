using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>The one trip that looks at everything that is expected to be asked for. Each fact of it is handed out once: who asks again wants to know what is there by then.</summary>
internal sealed class FirstLook(IEnumerable<MachineResource> expected, Trips trips)
{
    private readonly Lock gate = new();
    private readonly Dictionary<ResourceId, MachineResource> left = expected.DistinctBy(resource => resource.Id).ToDictionary(resource => resource.Id);
    private Task<IReadOnlyDictionary<ResourceId, Job>>? trip;

    /// <summary>The job that looks at this resource; null when it was not expected, or was handed out already.</summary>
    public async Task<Job?> TakeAsync(MachineResource resource, CancellationToken cancel)
    {
        Task<IReadOnlyDictionary<ResourceId, Job>> mine;
        lock (gate)
        {
            if (!left.ContainsKey(resource.Id)) return null;

            mine = trip ??= BeginAsync([.. left.Values], cancel);
            left.Remove(resource.Id);
        }

        return (await mine)[resource.Id];
    }

    private async Task<IReadOnlyDictionary<ResourceId, Job>> BeginAsync(IReadOnlyList<MachineResource> all, CancellationToken cancel)
    {
        await Task.Yield();
        var jobs = await Task.WhenAll(all.Select(resource => Job.LookAsync(resource, cancel)));
        if (jobs.Where(job => job.IsOpen).ToList() is { Count: > 0 } open) _ = trips.RunAsync(open);
        return jobs.ToDictionary(job => job.Id);
    }
}
