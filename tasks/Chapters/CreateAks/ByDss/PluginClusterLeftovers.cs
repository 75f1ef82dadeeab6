using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>Finds the AKS clusters that DSS made for this deployment and the manifest names no longer, or wants stopped: they cost money until they are removed.</summary>
internal sealed class PluginClusterLeftovers(Arm arm, Manifest manifest) : LeftoverSearch
{
    public override async Task<IReadOnlyList<Resource>> FindAsync(IReadOnlySet<ResourceId> declared, CancellationToken cancel)
    {
        var there = await arm.ListAsync($"{manifest.Names.ResourceGroup.Path}/providers/Microsoft.ContainerService/managedClusters", ManagedCluster.ApiVersion, cancel);
        return [.. there.Where(cluster => DssMaking.IsOurs(cluster, manifest)).Select(cluster => new UnwantedCluster(arm, manifest, $"{cluster["name"]}")).Where(cluster => !declared.Contains(cluster.Id))];
    }
}
