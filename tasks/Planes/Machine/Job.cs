using System.Security.Cryptography;
using System.Text;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>What a job is to do with its thing.</summary>
internal enum Work
{
    Look,
    Make,
    Drop,
}

/// <summary>One job of a letter, and its answer for whoever waits for it.</summary>
internal sealed class Job(MachineResource resource, Work work, JobValues values, CancellationToken cancel)
{
    // Who waits goes on somewhere else, so that nobody's work delays the next trip.
    private readonly TaskCompletionSource<JobAnswer> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ResourceId Id => resource.Id;

    public Work Work => work;

    public JobValues Values => values;

    public CancellationToken Cancel => cancel;

    public bool IsLong => work is not Work.Look && resource.IsLong;

    public Task<JobAnswer> Answer => answer.Task;

    public bool IsOpen => !answer.Task.IsCompleted;

    /// <summary>Makes of one thing always wait for each other, also for one that a dead run left behind.</summary>
    public string Lock => resource.MachineLock ?? $"one-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Id}")))[..16]}";

    public static Task<Job> LookAsync(MachineResource resource, CancellationToken cancel) =>
        AskAsync(resource, Work.Look, () => resource.AskingAsync(cancel), cancel);

    public static Task<Job> MakeAsync(MachineResource resource, Work work, Change change, CancellationToken cancel) =>
        AskAsync(resource, work, () => resource.MakingAsync(change, cancel), cancel);

    public void Succeed(JobAnswer told) => answer.TrySetResult(told);

    public void Fail(Exception failure) => answer.TrySetException(failure);

    public void Abandon() => answer.TrySetCanceled(cancel);

    /// <summary>A job whose values cannot be had fails alone, before the trip.</summary>
    private static async Task<Job> AskAsync(MachineResource resource, Work work, Func<Task<JobValues>> ask, CancellationToken cancel)
    {
        try
        {
            return new(resource, work, await ask(), cancel);
        }
        catch (Exception failure)
        {
            var job = new Job(resource, work, [], cancel);
            job.Fail(failure);
            return job;
        }
    }
}
