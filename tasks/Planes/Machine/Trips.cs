using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>Carries letters to the machine and brings the answers back, as often as it takes.</summary>
internal sealed class Trips(MachineOptions options, Shell shell, TimeProvider clock) : IDisposable
{
    private readonly Lazy<string> script = new(() => AgentScript.Of(options.Scripts));
    private readonly MachineProblems problems = new(options);
    private readonly Seal seal = new(options.Redactor);
    private bool mayTakeLong;

    /// <summary>Does the jobs in one letter. Every job has its answer afterwards: a fact, a failure, or that it was left to itself.</summary>
    public async Task RunAsync(IReadOnlyList<Job> jobs)
    {
        using var leave = new Leave(jobs, options.Grace, clock);
        try
        {
            await TravelAsync(jobs, leave);
        }
        catch (OperationCanceledException) when (leave.Asked.IsCancellationRequested)
        {
            foreach (var job in jobs) job.Abandon();
        }
        catch (Exception failure)
        {
            foreach (var job in jobs) job.Fail(failure);
        }
    }

    public void Dispose() => seal.Dispose();

    // Jobs are safe to repeat, and what a broken trip left running on the machine is waited for by its lock.
    private async Task TravelAsync(IReadOnlyList<Job> jobs, Leave leave)
    {
        var endurance = new Endurance(mayTakeLong ? options : Shortly, problems, clock);
        for (var left = jobs; left.Count > 0; left = [.. jobs.Where(job => job.IsOpen)])
        {
            leave.Asked.ThrowIfCancellationRequested();
            if (!await shell.IsThereAsync(leave.Asked)) TellAbsent(left);
            else if (await AttemptAsync(left, leave) is { } error) await endurance.OutlastAsync(error, leave.Asked);
        }
    }

    private MachineOptions Shortly => options with { Retry = options.Retry with { Deadline = options.FirstPatience } };

    /// <summary>One letter, there and back.</summary>
    /// <returns>Why there are jobs without an answer; null when there are none.</returns>
    private async Task<RemoteError?> AttemptAsync(IReadOnlyList<Job> jobs, Leave leave)
    {
        var hearing = new Hearing(jobs, options, clock);
        try
        {
            var answer = await shell.RunAsync(script.Value, Letter.Of(jobs, seal.PublicKey), hearing, leave.Over);
            mayTakeLong = true;
            return Give(answer.Output, jobs) ? null : new RemoteError(answer.ExitCode, "ScriptCut", Words(answer, hearing));
        }
        catch (ShellException failure)
        {
            return Give(failure.Output, jobs) ? null : failure.Error;
        }
    }

    private bool Give(string output, IReadOnlyList<Job> jobs)
    {
        var answers = Answers.In(output);
        var missing = jobs.Where((job, index) => !answers.Give(index + 1, job, seal, problems)).Count();
        return missing == 0;
    }

    private static string Words(ShellAnswer answer, Hearing hearing) =>
        hearing.LastWords is { Length: > 0 } words ? words : $"The script on the machine ended with exit code {answer.ExitCode} before it had answered.";

    private void TellAbsent(IReadOnlyList<Job> jobs)
    {
        mayTakeLong = true;
        foreach (var job in jobs)
        {
            if (job.Work is Work.Look or Work.Drop) job.Succeed(JobAnswer.Absent);
            else job.Fail(MachineProblems.NotThere(job.Id));
        }
    }
}
