using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>How a rollout is begun and concluded, whichever way its graph is turned.</summary>
public sealed partial class Run
{
    // Lists of ARM come from copies that may lag some seconds behind what was just written; what lasts longer is a difference.
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10)];

    /// <summary>Removes everything of this deployment, what stands on a thing before the thing.</summary>
    public Task DestroyAsync() => GuardedAsync(async () =>
    {
        var parts = runLock.Minding(PartsOf(contents.All)).Select(OutsideTheMachine).ToList();
        destroys = true;
        deployment.Arm.LookAnew();
        graph = await Removal.OfAsync(parts, deployment.Cancel);
        await StartAsync(deployment.Needed().Name);
        foreach (var part in graph.Parts.Where(part => part.Resources.Count > 0))
        {
            Audience.Head(part.Name);
            Audience.Open(part, plan!.Parts.Single(planned => planned.Name == part.Name).Changes);
            Audience.Close(part, await rollout!.FinishAsync(part.Resources.Select(resource => resource.Id)));
        }
    });

    /// <summary>Waits for the rollout, looks at everything again when something was made, tells how the run ended, and gives the lock back.</summary>
    public async Task ConcludeAsync()
    {
        if (rollout is null || plan is null) return;

        try
        {
            await GuardedAsync(async () => await ReportAsync(await rollout.FinishAsync()));
        }
        finally
        {
            await runLock.ReleaseAsync();
        }
    }

    /// <summary>What is inside the machine, and inside the DSS on it, goes with it; nobody signs in to take it apart first.</summary>
    public static Part OutsideTheMachine(Part part) => part with
    {
        Resources = [.. part.Resources.Where(resource => resource.Id.Plane is not ("machine" or "dss"))],
        Searches = [.. part.Searches.Where(search => search is not DssLeftovers)],
    };

    private async Task ReportAsync(Report report)
    {
        if (runLock.Loss is { } loss)
        {
            End(ExitCode.Failed);
            Audience.Tell([loss]);
        }

        var again = report.IsGood && report.Count(Ending.Made) > 0 ? await LookAgainAsync() : null;
        End(CodeOf(report, again));
        if (notYet > 0) Audience.Say($"\nNot covered yet: {notYet} of the tasks above are planned in whole or in part, as they say; that was neither looked at nor made.");
        if (Allowance.Text(deployment.Arm.Limits) is { } allowance) Audience.Say(allowance);
        Audience.Tell(deployment, report, again);
        await deployment.Papers.FileAsync(deployment.Needed().Name, report);
        await deployment.Papers.HandOutAsync(deployment.Needed().Name, report);
        await deployment.Notices.TellAsync(deployment.Needed().Name, report, deployment.Cancel);
    }

    private async Task<Plan> LookAgainAsync()
    {
        var second = await RolloutOf(graph!).PlanAsync(deployment.Cancel);
        foreach (var pause in Pauses)
        {
            if (second.IsEmpty) return second;
            Audience.Say($"{second.Changes.Count(change => change.Verb is not Verb.Keep)} differ again, perhaps because Azure's lists lag behind: looking once more in {pause.TotalSeconds:0} s …");
            await Task.Delay(pause, deployment.Clock, deployment.Cancel);
            second = await RolloutOf(graph!).PlanAsync(deployment.Cancel);
        }

        if (!second.IsEmpty) Audience.TellDifferences(second);
        return second;
    }

    private static ExitCode CodeOf(Report report, Plan? again)
    {
        if (report.Count(Ending.Refused) > 0) return ExitCode.Refused;
        if (report.Count(Ending.Failed) > 0) return ExitCode.Failed;
        if (report.Count(Ending.Cancelled) > 0) return ExitCode.Cancelled;
        return again is { IsEmpty: false } ? ExitCode.Failed : ExitCode.AsWished;
    }
}
