using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>Waits out what time may cure: a machine that is starting, a connection that broke, a package manager that is at work. Gives up at once on everything else.</summary>
internal sealed class Endurance(MachineOptions options, MachineProblems problems, TimeProvider clock)
{
    private DateTimeOffset? since;
    private TimeSpan pause = options.Retry.First;
    private int breaks;

    /// <summary>Pauses before the next attempt.</summary>
    /// <exception cref="ProblemException">Another attempt would be in vain, or time is up.</exception>
    public async Task OutlastAsync(RemoteError error, CancellationToken cancel)
    {
        if (IsHopeless(error)) throw problems.OfWay(error);

        await PauseAsync($"{options.Host}", error.Code == ShellException.Unreachable ? "the machine to let the run in" : "the connection to be made again", cancel);
    }

    /// <summary>Pauses when the failure of a job may be over soon.</summary>
    public async Task<bool> LastsAsync(Job job, JobFailure failure, CancellationToken cancel)
    {
        if (failure.Cure is null || IsOver) return false;

        await PauseAsync($"{job.Id}", "another program to be done", cancel);
        return true;
    }

    private bool IsOver => since is { } begin && clock.GetUtcNow() - begin >= options.Retry.Deadline;

    private bool IsHopeless(RemoteError error)
    {
        if (IsOver || (MachineProblems.IsKnown(error) && MachineProblems.CureOf(error) is null)) return true;

        // A machine that does not answer may be starting; one that lets us in and breaks off again and again has another trouble.
        return error.Code != ShellException.Unreachable && ++breaks >= options.Retry.Attempts;
    }

    private async Task PauseAsync(string subject, string reason, CancellationToken cancel)
    {
        since ??= clock.GetUtcNow();
        options.Waiting?.Report(new Wait(subject, reason, since.Value));
        await Task.Delay(pause, clock, cancel);
        pause = pause * 2 < options.Retry.Longest ? pause * 2 : options.Retry.Longest;
    }
}
