using Cake.Core;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>From the first look to the start: plan, lock, plan again under the lock.</summary>
public sealed partial class Run
{
    private async Task StartAsync(string name)
    {
        var prepared = await PreparedAsync(name);
        try
        {
            if (!plan!.IsEmpty) prepared = await LockedAsync(name, prepared);

            prepared.Start(plan!, runLock.Cancel);
            rollout = prepared;
        }
        finally
        {
            // What is not begun is not concluded either.
            if (rollout is null || plan!.IsEmpty) await runLock.ReleaseAsync();
        }
    }

    /// <summary>Looks, tells the plan and checks that it may be made.</summary>
    private async Task<Rollout> PreparedAsync(string name)
    {
        var prepared = RolloutOf(graph!);
        var (found, before) = (await prepared.PlanAsync(deployment.Cancel), plan);
        plan = found;
        if (before?.Digest == found.Digest) return prepared;

        if (before is not null) Audience.Say("\nSomething moved before the lock was taken. This is what is left to do:");
        Audience.Tell(deployment, found);
        await deployment.Papers.FileAsync(name, found);
        if (found.Refused.Any()) await StopRefusedAsync(name, found);
        if (deployment.Options.Approval is { } approval && !approval.Allows(found)) await StopUnapprovedAsync(name, approval, found);
        return prepared;
    }

    /// <summary>Takes the lock. What another run did until then is seen by looking again.</summary>
    private async Task<Rollout> LockedAsync(string name, Rollout prepared)
    {
        if (await runLock.TakeAsync() is { } occupied)
        {
            End(ExitCode.Locked);
            throw new ProblemException(LockWords.Taken(name, occupied));
        }

        return runLock.IsHeld ? await PreparedAsync(name) : prepared;
    }

    private async Task StopRefusedAsync(string name, Plan found)
    {
        Audience.TellRefused(deployment, found);
        await StopAsync($"Nothing was touched: {found.Refused.Count()} of the changes to {name} may not be made, as told above.");
    }

    private async Task StopUnapprovedAsync(string name, Approval approval, Plan found)
    {
        isNotApproved = true;
        Audience.TellUnapproved(name, approval, found);
        await StopAsync($"Nothing was touched: the plan of {name} is {found.Digest[..12]}, and {approval.Digest} was approved. Approve the plan above, or find out what moved.");
    }

    private async Task StopAsync(string why)
    {
        End(ExitCode.Refused);
        await deployment.Papers.HandOutAsync(deployment.Needed().Name, plan!);
        await deployment.Notices.TellAsync(deployment.Needed().Name, plan!, deployment.Cancel);
        throw new CakeException(why);
    }
}
