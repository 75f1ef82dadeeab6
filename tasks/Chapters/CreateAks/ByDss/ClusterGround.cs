using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>What must be there before a cluster of DSS can be defined, and before it can be started.</summary>
internal sealed class ClusterGround(Manifest manifest, ClusterSection cluster)
{
    private readonly Principals who = new(manifest);

    /// <summary>The presets that its parameters name, and the environment in which the plugin runs.</summary>
    public IReadOnlyList<ResourceId> OfDefinition =>
    [
        new("dss", "pluginCodeEnv", AksPlugin.Plugin),
        PluginPreset.IdOf(new ConnectionPreset(manifest, Connection).Set, Connection.Name),
        .. ClusterConfig.NeedsIdentityPreset(manifest, cluster) ? [PluginPreset.IdOf(ClusterIdentityPreset.IdentitySet, Connection.Name)] : Array.Empty<ResourceId>(),
        .. IsMade ? manifest.Aks.PoolsOf(cluster).Select(pool => PluginPreset.IdOf(NodePoolPreset.Set, pool.Name)) : [],
    ];

    /// <summary>What is in Azure: networks and roles, or the cluster that is attached.</summary>
    public IReadOnlyList<ResourceId> OfStart => IsMade
        ? [.. Subnets, .. Roles, .. OfIdentity]
        : [manifest.Names.For(cluster).Cluster.Id, .. Roles];

    private AksConnectionSection Connection => manifest.Aks.ConnectionOf(cluster);

    private bool IsMade => cluster.ManagedBy is ClusterManager.Dss;

    private IEnumerable<ResourceId> Subnets => manifest.Aks.PoolsOf(cluster).Select(pool => new PoolProfile(manifest, cluster, pool).Subnet.Id).Distinct();

    private IEnumerable<ResourceId> OfIdentity => who.Identities.Where(identity => identity == manifest.Names.VmIdentity).Select(identity => identity.Id);

    // DSS makes clusters and reads their credentials; the nodes pull images as whom DSS is.
    private IEnumerable<ResourceId> Roles => NeededRoles.Of(manifest).Where(grant => grant.Principal == who.Dss && grant.Scope.Id != manifest.Names.KeyVault.Id).Select(grant => grant.Name.Id).Distinct();
}
