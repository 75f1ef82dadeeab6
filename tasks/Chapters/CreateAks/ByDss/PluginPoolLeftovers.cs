using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>Finds the pools of a cluster that DSS made which the manifest names no longer.</summary>
internal sealed class PluginPoolLeftovers(Arm arm, AzureName cluster) : LeftoverSearch
{
    public override async Task<IReadOnlyList<Resource>> FindAsync(IReadOnlySet<ResourceId> declared, CancellationToken cancel)
    {
        var pools = PoolTag.Of(await arm.ObserveAsync(new ArmAddress(cluster.Path, ManagedCluster.ApiVersion), cancel));
        return [.. pools.Where(pool => pool.Deployment == arm.Deployment).Select(pool => new UnwantedPool(arm, cluster, pool.Wished, pool.Name)).Where(pool => !declared.Contains(pool.Id))];
    }
}
