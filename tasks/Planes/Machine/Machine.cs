using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>The inside of one machine: looked at in one round trip, changed in few.</summary>
public sealed class Machine : IAsyncDisposable
{
    private readonly ConcurrentDictionary<ResourceId, JsonObject> brought = [];
    private readonly MachineOptions options;
    private readonly Shell shell;
    private readonly TimeProvider clock;
    private readonly Trips trips;
    private readonly TripQueue queue;
    private FirstLook? first;

    public Machine(MachineOptions options, Shell shell, TimeProvider clock)
    {
        (this.options, this.shell, this.clock) = (options, shell, clock);
        trips = new Trips(options, shell, clock);
        queue = new TripQueue(trips);
    }

    /// <summary>Why nobody can work inside the machine of this run, in words for people; null when somebody can. Then the tasks declare nothing inside it, and say why.</summary>
    public string? Missing => options.Missing;

    /// <summary>What every machine resource lives in.</summary>
    public ResourceId Host => options.Host;

    public Redactor Redactor => options.Redactor;

    /// <summary>A machine that nobody can work in.</summary>
    public static Machine Nowhere(ResourceId host, string why) => new(new() { Host = host, Missing = why }, new ProcessShell("false", []), TimeProvider.System);

    /// <summary>Forgets what was seen, and learns for what the next look will be asked, so that one round trip can answer it all.</summary>
    public void LookAnew(IEnumerable<MachineResource> expected)
    {
        brought.Clear();
        first = new FirstLook(expected, trips);
    }

    /// <summary>What is there; null when nothing is.</summary>
    public async Task<JsonObject?> LookAsync(MachineResource resource, CancellationToken cancel)
    {
        if (brought.TryRemove(resource.Id, out var fact)) return fact;
        if (first is { } look && await look.TakeAsync(resource, cancel) is { } job) return (await ToldAsync(job)).Fact;

        return (await DoAsync(() => Job.LookAsync(resource, cancel), cancel)).Fact;
    }

    /// <summary>Makes, changes or drops what the change says, and tells what is there then.</summary>
    public async Task<JobAnswer> MakeAsync(MachineResource resource, Change change, CancellationToken cancel)
    {
        // From here on, what was seen before may be otherwise.
        first = null;
        brought.TryRemove(resource.Id, out _);
        if (change.Verb is Verb.Delete or Verb.Replace) await DoAsync(() => Job.MakeAsync(resource, Work.Drop, change, cancel), cancel);
        if (change.Verb is Verb.Delete) return JobAnswer.Absent;

        var answer = await DoAsync(() => Job.MakeAsync(resource, Work.Make, change, cancel), cancel);
        if (answer.Fact?.DeepClone() is JsonObject fact) brought[resource.Id] = fact;
        return answer;
    }

    public async ValueTask DisposeAsync()
    {
        await shell.DisposeAsync();
        queue.Dispose();
        trips.Dispose();
    }

    private async Task<JobAnswer> DoAsync(Func<Task<Job>> begin, CancellationToken cancel)
    {
        var endurance = new Endurance(options, new MachineProblems(options), clock);
        while (true)
        {
            var job = await begin();
            if (job.IsOpen) queue.Add(job);
            try
            {
                return await job.Answer;
            }
            catch (JobFailure failure)
            {
                if (!await endurance.LastsAsync(job, failure, cancel)) throw new ProblemException(failure.Problem, failure);
            }
        }
    }

    private static async Task<JobAnswer> ToldAsync(Job job)
    {
        try
        {
            return await job.Answer;
        }
        catch (JobFailure failure)
        {
            throw new ProblemException(failure.Problem, failure);
        }
    }
}
