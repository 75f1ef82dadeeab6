using Cake.Frosting;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The AKS clusters, their node pools and their namespaces.</summary>
[TaskName("CreateAks"), TaskDescription("AKS clusters that Azure manages, and their node pools (clusters made by DSS: planned)")]
[IsDependentOn(typeof(CreateNetworkTask)), IsDependentOn(typeof(CreateIdentityTask)), IsDependentOn(typeof(CreateRegistryTask))]
public sealed class CreateAksTask(Arm arm, Clusters clusters) : ConvergingTask
{
    private const string Planned = "planned, not part of this version yet: clusters that DSS makes through its plugin, and attaching the others to DSS";

    public override string NotYet => clusters?.Missing is { } missing ? $"{Planned}; nothing inside clusters is looked at: {missing}" : Planned;

    public override IEnumerable<Resource> Declare(Manifest manifest) => Managed(manifest).SelectMany(cluster => Declare(manifest, cluster));

    public override IEnumerable<LeftoverSearch> Search(Manifest manifest) =>
        Managed(manifest).SelectMany(cluster => (IEnumerable<LeftoverSearch>)[new PoolLeftovers(arm, manifest.Names.For(cluster).Cluster), .. Inside(manifest, cluster).Search()]);

    private static IEnumerable<ClusterSection> Managed(Manifest manifest) => manifest.Aks.Clusters.Where(cluster => cluster.ManagedBy is ClusterManager.Azure);

    private IEnumerable<Resource> Declare(Manifest manifest, ClusterSection cluster)
    {
        if (new ClusterAddressing(manifest, cluster).Zone is { } zone) yield return new RoleAssignment(arm, manifest, ClusterIdentity.ZoneGrant(manifest, zone));
        yield return new ManagedCluster(arm, manifest, cluster);
        foreach (var pool in manifest.Aks.PoolsOf(cluster)) yield return new AgentPool(arm, manifest, cluster, pool);
        if (!cluster.Started) yield return new ClusterSleep(arm, manifest, cluster);
        foreach (var inside in Inside(manifest, cluster).All()) yield return inside;
    }

    private ClusterInside Inside(Manifest manifest, ClusterSection cluster)
    {
        var names = manifest.Names.For(cluster);
        return new(clusters, manifest, cluster) { Host = names.Cluster.Id, Pools = [.. manifest.Aks.PoolsOf(cluster).Select(pool => names.Pool(pool).Id)] };
    }
}
