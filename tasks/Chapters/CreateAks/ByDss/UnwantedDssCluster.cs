using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>A cluster in DSS that the manifest wants no longer, and names as one that may go. It is stopped first, which removes from Azure what DSS made there.</summary>
internal sealed class UnwantedDssCluster(Arm arm, Dss dss, Manifest manifest, string name) : DssCluster(dss, manifest, name, null)
{
    // One that was attached after a broken start is not removed by stopping it.
    protected override async Task RemoveAsync(CancellationToken cancel)
    {
        await base.RemoveAsync(cancel);
        var cluster = new ArmAddress(Manifest.Names.Here("managedCluster", "Microsoft.ContainerService/managedClusters", Id.Name).Path, ManagedCluster.ApiVersion);
        if (DssMaking.IsOurs(await arm.SettledAsync(cluster, cancel), Manifest)) await arm.DeleteAsync(cluster.Id, cluster.ApiVersion, cancel);
    }
}
