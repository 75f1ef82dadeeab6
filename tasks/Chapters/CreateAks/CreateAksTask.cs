using Cake.Frosting;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The AKS clusters, their node pools and their namespaces: made by DSS through its plugin, or by Azure and attached to DSS.</summary>
[TaskName("CreateAks"), TaskDescription("AKS clusters, made by DSS through its plugin or by Azure and attached to DSS, their node pools and namespaces")]
[IsDependentOn(typeof(CreateNetworkTask)), IsDependentOn(typeof(CreateIdentityTask)), IsDependentOn(typeof(CreateRegistryTask)), IsDependentOn(typeof(InstallAksPluginTask))]
public sealed class CreateAksTask(Arm arm, Dss dss, Vault vault, Clusters clusters) : ConvergingTask
{
    public override string? NotYet => dss?.Missing is { } missing ? $"nothing inside DSS is looked at, so clusters are neither made by it nor attached to it: {missing}" : null;

    private bool IsInReach => dss.Missing is null;

    public override IEnumerable<Resource> Declare(Manifest manifest) =>
        IdentityPresets(manifest).Concat(manifest.Aks.Clusters.SelectMany(cluster => cluster.ManagedBy is ClusterManager.Azure ? Managed(manifest, cluster) : Made(manifest, cluster)));

    public override IEnumerable<LeftoverSearch> Search(Manifest manifest) =>
    [
        .. manifest.Aks.Clusters.Where(cluster => cluster.ManagedBy is ClusterManager.Azure).Select(cluster => new PoolLeftovers(arm, manifest.Names.For(cluster).Cluster)),
        .. manifest.Aks.Clusters.Where(cluster => cluster.ManagedBy is ClusterManager.Azure || IsInReach).SelectMany(cluster => Inside(manifest, cluster).Search()),
        .. IsInReach ? SearchMade(manifest) : [],
    ];

    private IEnumerable<LeftoverSearch> SearchMade(Manifest manifest) =>
    [
        .. manifest.Aks.Clusters.Where(IsStanding).Select(cluster => new PluginPoolLeftovers(arm, manifest.Names.For(cluster).Cluster)),
        new PluginClusterLeftovers(arm, manifest),
        new DssLeftovers(manifest, DssCluster.Kind, name => new UnwantedDssCluster(arm, dss, manifest, name)),
    ];

    private IEnumerable<Resource> IdentityPresets(Manifest manifest) => IsInReach
        ? manifest.Aks.Clusters.Where(cluster => ClusterConfig.NeedsIdentityPreset(manifest, cluster)).Select(manifest.Aks.ConnectionOf).Distinct()
            .Select(connection => new ClusterIdentityPreset(dss, vault, manifest, connection) { StandsOn = DssGroup.Of(manifest, connection.AllowedGroups) })
        : [];

    private IEnumerable<Resource> Managed(Manifest manifest, ClusterSection cluster)
    {
        if (new ClusterAddressing(manifest, cluster).Zone is { } zone) yield return new RoleAssignment(arm, manifest, ClusterIdentity.ZoneGrant(manifest, zone));
        yield return new ManagedCluster(arm, manifest, cluster);
        foreach (var pool in manifest.Aks.PoolsOf(cluster)) yield return new AgentPool(arm, manifest, cluster, pool);
        if (!cluster.Started) yield return new ClusterSleep(arm, manifest, cluster);
        foreach (var inside in Inside(manifest, cluster).All()) yield return inside;
        if (IsInReach) foreach (var part in InDss(manifest, cluster)) yield return part;
    }

    private IEnumerable<Resource> Made(Manifest manifest, ClusterSection cluster)
    {
        if (!IsInReach) yield break;

        foreach (var part in InDss(manifest, cluster)) yield return part;
        if (!IsStanding(cluster)) yield break;

        yield return new PluginCluster(arm, manifest, cluster);
        foreach (var pool in manifest.Aks.PoolsOf(cluster)) yield return new PluginPool(arm, manifest, cluster, pool);
        foreach (var inside in Inside(manifest, cluster).All()) yield return inside;
    }

    private ClusterInside Inside(Manifest manifest, ClusterSection cluster)
    {
        var names = manifest.Names.For(cluster);
        return new(arm, clusters, manifest, cluster) { Host = names.Cluster.Id, Pools = [.. manifest.Aks.PoolsOf(cluster).Select(pool => names.Pool(pool).Id)] };
    }

    private IEnumerable<Resource> InDss(Manifest manifest, ClusterSection cluster)
    {
        var ground = new ClusterGround(manifest, cluster);
        yield return new DssCluster(dss, manifest, cluster) { StandsOn = ground.OfDefinition };
        yield return new DssClusterState(arm, dss, manifest, cluster) { StandsOn = ground.OfStart };
    }

    /// <summary>Whether DSS is to have made it: one that is not started is nothing in Azure.</summary>
    private static bool IsStanding(ClusterSection cluster) => cluster is { ManagedBy: ClusterManager.Dss, Started: true };
}
