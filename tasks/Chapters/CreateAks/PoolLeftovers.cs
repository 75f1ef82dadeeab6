using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>Finds the pools of a cluster that we made and the manifest names no longer: their nodes cost money until they are removed. Pools of others are left alone.</summary>
internal sealed class PoolLeftovers(Arm arm, AzureName cluster) : LeftoverSearch
{
    public override async Task<IReadOnlyList<Resource>> FindAsync(IReadOnlySet<ResourceId> declared, CancellationToken cancel)
    {
        var observed = await arm.ObserveAsync(new ArmAddress(cluster.Path, ManagedCluster.ApiVersion), cancel);
        var pools = Pointer.At(observed, "/properties/agentPoolProfiles") as JsonArray ?? [];
        return [.. pools.Where(pool => Ownership.DeploymentOf(pool) == arm.Deployment).Select(pool => new UnwantedPool(arm, cluster, $"{pool!["name"]}")).Where(pool => !declared.Contains(pool.Id))];
    }
}
