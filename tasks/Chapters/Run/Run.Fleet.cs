using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>How a fleet is told, and run where this run is the engine of it.</summary>
public sealed partial class Run
{
    /// <summary>Hands out the fleet, or runs all of it and hands out one report.</summary>
    public Task FleetAsync() => GuardedAsync(async () =>
    {
        var fleet = deployment.Fleet ?? throw new ProblemException(new Problem("Fleet is empty", "Nothing says which manifests belong to the fleet. Name them with --manifests \"fleet/*/*.yml\"; each folder is a ring."));
        if (deployment.RunMember is not { } runMember)
        {
            foreach (var line in FleetText.Of(fleet)) Audience.Say(line);
            deployment.Ci.HandOut(fleet);
            await deployment.Papers.HandOutAsync(fleet);
            return;
        }

        var report = await new FleetRollout(runMember).RunAsync(fleet, deployment.Cancel);
        End(report.Exit);
        foreach (var line in FleetText.Of(report)) Audience.Say(line);
        deployment.Ci.Summarise(report.Markdown());
        await deployment.Papers.FileAsync(report);
        await deployment.Papers.HandOutAsync(report);
    });
}
