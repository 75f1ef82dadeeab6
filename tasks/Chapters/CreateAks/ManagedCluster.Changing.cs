using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>How the cluster is changed: awake, one minor version after the other, its control plane before its nodes.</summary>
public partial class ManagedCluster
{
    public override async Task ApplyAsync(Change change, CancellationToken cancel)
    {
        var told = identity.WithSecret(change);
        if (change.Verb is not Verb.Update)
        {
            await base.ApplyAsync(told, cancel);
            return;
        }

        var present = await ClusterPower.AwakeAsync(Arm, Address, cancel);
        if (change.Differences.All(difference => difference.Path == ClusterPower.Path)) return;
        if (change.Differences.Any(difference => identity.IsReset(difference.Path))) await identity.ResetAsync(Arm, Address, cancel);
        foreach (var step in target.StepsFrom(Running(present)).SkipLast(1).ToList()) await ClimbAsync(told, step, cancel);
        if (change.Differences.Any(difference => difference.Path == Version)) await NodesBehind.CatchUpAsync(Arm, Address, target.Wish, cancel);
        await base.ApplyAsync(told, cancel);
    }

    private async Task ClimbAsync(Change change, string version, CancellationToken cancel)
    {
        await NodesBehind.CatchUpAsync(Arm, Address, version, cancel);
        var step = (JsonObject)change.Desired!.DeepClone();
        step["properties"]!["kubernetesVersion"] = version;
        await base.ApplyAsync(change with { Desired = step }, cancel);
    }
}
