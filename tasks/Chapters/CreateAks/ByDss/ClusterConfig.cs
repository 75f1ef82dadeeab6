using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The parameters of a cluster in DSS. Every one is stated, because nobody but the user interface fills in defaults, and one that is missing stops the plugin.</summary>
public sealed class ClusterConfig(Manifest manifest, ClusterSection cluster)
{
    /// <summary>What DSS calls a cluster that the plugin makes.</summary>
    public const string MadeType = "pycluster_aks-clusters_create-aks-cluster";

    /// <summary>What DSS calls a cluster that is in Azure already.</summary>
    public const string AttachedType = "pycluster_aks-clusters_attach-aks-cluster";

    /// <summary>A tag of clusters in Azure that DSS made, so that they are known when DSS has forgotten them.</summary>
    public const string MakerTag = "dss-pipeline:maker";

    private readonly ConnectionPreset connection = new(manifest, manifest.Aks.ConnectionOf(cluster));

    /// <summary>Parameters that shape the cluster when it is made and are not asked again.</summary>
    public static IReadOnlyList<string> FixedAtBirth { get; } =
    [
        "resourceGroup", "location", "useCustomNodeResourceGroup", "nodeResourceGroup", "privateAccess", "networkPlugin", "serviceCIDR", "dnsServiceIP", "loadBalancerSku", "customConfig",
    ];

    /// <summary>For a cluster that the plugin makes.</summary>
    public JsonObject Made => new()
    {
        ["connectionInfoV2"] = Current,
        ["clusterVersion"] = cluster.KubernetesVersion,
        ["resourceGroup"] = manifest.Names.ResourceGroup.Name,
        ["location"] = manifest.Azure.Location,
        ["clusterIdentity"] = Identity,
        ["tags"] = Tags,
        ["useCustomNodeResourceGroup"] = cluster.NodeResourceGroup is not null,
        ["nodeResourceGroup"] = cluster.NodeResourceGroup ?? "",
        ["nodePools"] = new JsonArray([.. manifest.Aks.PoolsOf(cluster).Select(pool => Preset(pool.Name))]),
        ["privateAccess"] = new ClusterAddressing(manifest, cluster).IsPrivate,
        ["networkPlugin"] = cluster.NetworkPlugin,
        ["serviceCIDR"] = cluster.ServiceCidr,
        ["dnsServiceIP"] = cluster.DnsServiceIp,
        ["dockerBridgeCidr"] = "172.17.0.1/16",
        ["outboundType"] = cluster.OutboundType,
        ["loadBalancerSku"] = cluster.LoadBalancerSku,
        ["upgradeChannel"] = cluster.UpgradeChannel,
        ["nodeOSUpgradeChannel"] = cluster.NodeOsUpgradeChannel,
        ["workloadIdentity"] = cluster.WorkloadIdentity,
        ["oidcIssuer"] = cluster.OidcIssuer,
        ["customConfig"] = cluster.CustomConfig ?? "",
        ["showLegacyOptions"] = IsLegacy,
        ["connectionInfo"] = Legacy,
        ["useDistinctSPForCluster"] = false,
        ["clusterServicePrincipal"] = Nothing,
    };

    /// <summary>For a cluster that is in Azure already.</summary>
    public JsonObject Attached => new()
    {
        ["connectionInfoV2"] = Current,
        ["cluster"] = cluster.Name,
        ["resourceGroup"] = manifest.Names.ResourceGroup.Name,
        ["showLegacyOptions"] = IsLegacy,
        ["connectionInfo"] = Legacy,
    };

    /// <summary>Whether the nodes sign in with a secret that no inline parameter may hold, so that a preset holds it.</summary>
    public static bool NeedsIdentityPreset(Manifest manifest, ClusterSection cluster) =>
        cluster.ManagedBy is ClusterManager.Dss && new ConnectionPreset(manifest, manifest.Aks.ConnectionOf(cluster)) is { Set: ConnectionPreset.CurrentSet, Application: not null };

    /// <summary>The parameters of an identity, all but the secret.</summary>
    public static JsonObject IdentityConfig(string type, string clientId) => (JsonObject)Json.Of(new
    {
        identityType = type,
        inheritDSSIdentity = type is "managed-identity",
        useAKSManagedIdentity = false,
        controlPlaneUserAssignedIdentity = "",
        attachToVnet = false,
        useAKSManagedKubeletIdentity = false,
        kubeletUserAssignedIdentity = "",
        attachToACRName = "",
        clientId,
    });

    /// <summary>Whether the nodes are the service principal of the deployment, whose secret AKS keeps.</summary>
    internal bool IsDeploymentsOwn => connection.Application is { } application && application == manifest.Identity.ServicePrincipal && manifest.Identity.Kind is IdentityKind.ServicePrincipal;

    private bool IsLegacy => connection.Set is ConnectionPreset.LegacySet;

    // What is legacy wins silently over its successor, so only one of the two says anything.
    private JsonObject Legacy => IsLegacy ? Preset(ConnectionName) : Nothing;

    private JsonObject Current => IsLegacy
        ? Inline(new() { ["identityType"] = "default", ["userManagedIdentityId"] = "", ["tenantId"] = "", ["clientId"] = "", [ConnectionPreset.SecretParameter] = "", ["subscriptionId"] = manifest.Azure.Subscription })
        : Preset(ConnectionName);

    private JsonObject Identity
    {
        get
        {
            if (NeedsIdentityPreset(manifest, cluster)) return Preset(ConnectionName);

            var inherited = IdentityConfig("managed-identity", "");
            inherited[ConnectionPreset.SecretParameter] = "";
            return Inline(inherited);
        }
    }

    private string ConnectionName => manifest.Aks.ConnectionOf(cluster).Name;

    private JsonObject Tags
    {
        get
        {
            var tags = new SortedDictionary<string, string>(StringComparer.Ordinal);
            foreach (var (name, value) in manifest.Azure.Tags.Concat(cluster.Tags)) tags[name] = value;
            tags[Ownership.DeploymentTag] = manifest.Name;
            tags[MakerTag] = "dss";
            if (IsDeploymentsOwn && new ClusterIdentity(manifest).SecretMark(manifest.Names.For(cluster).Cluster.Path) is { } mark) tags[ClusterIdentity.SecretTag] = mark;
            return new(tags.Select(tag => KeyValuePair.Create(tag.Key, (JsonNode?)tag.Value)));
        }
    }

    private static JsonObject Nothing => new() { ["mode"] = "NONE" };

    private static JsonObject Preset(string name) => new() { ["mode"] = "PRESET", ["name"] = name };

    private static JsonObject Inline(JsonObject values) => new() { ["mode"] = "INLINE", ["inlinedConfig"] = values, ["inlinedPluginConfig"] = new JsonObject() };
}
