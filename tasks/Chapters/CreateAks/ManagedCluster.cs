using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>An AKS cluster that Azure manages. It is born with its first pool; from then on every pool is a resource of its own.</summary>
public partial class ManagedCluster(Arm arm, Manifest manifest, ClusterSection cluster)
    : AzureResource(arm, manifest.Names.For(cluster).Cluster, ApiVersion, manifest.Names.ResourceGroup)
{
    public const string ApiVersion = "2025-10-01";

    private const string Version = "/properties/kubernetesVersion";
    private const string Pods = "/properties/networkProfile/podCidr";
    private const string Issuer = "/properties/oidcIssuerProfile/enabled";
    private const string Addresses = "/properties/apiServerAccessProfile";

    private readonly KubernetesTarget target = new(cluster);
    private readonly ClusterAddressing addressing = new(manifest, cluster);
    private readonly ClusterIdentity identity = new(manifest);

    /// <summary>Azure does one thing at a time with a cluster and its pools.</summary>
    public sealed override string Lane => Address.Id;

    /// <summary>Its persistent volumes are disks of its node resource group, which goes with it.</summary>
    public sealed override bool HoldsData => true;

    // Without its roles a control plane is made and then cannot join its network, and without theirs the nodes cannot pull.
    public override IReadOnlyList<ResourceId> After => [.. identity.Roles, .. Pools.Select(pool => pool.Subnet.Id).Distinct(), .. addressing.Zone is { } zone ? [ClusterIdentity.ZoneGrant(manifest, zone).Name.Id] : Array.Empty<ResourceId>()];

    public override Comparison Comparison => base.Comparison with
    {
        Folded = [.. base.Comparison.Folded, "/sku", "/properties/networkProfile", "/properties/autoUpgradeProfile", $"{Addresses}/privateDNSZone", "/properties/identityProfile", "/properties/servicePrincipalProfile/clientId"],
        Unordered = [$"{Addresses}/authorizedIPRanges"],
        Hidden = [ClusterIdentity.SecretPath],
        Fixed = ["/location", "/properties/dnsPrefix", "/properties/nodeResourceGroup", "/properties/enableRBAC", .. NetworkMoves.Fixed, $"{Addresses}/enablePrivateCluster", $"{Addresses}/privateDNSZone"],
    };

    protected sealed override UpdateStyle UpdateStyle => UpdateStyle.PutOverObserved;

    protected sealed override Paths ReadOnly =>
    [
        .. base.ReadOnly, "/identity/principalId", "/identity/tenantId", "/properties/powerState", "/properties/currentKubernetesVersion", "/properties/fqdn", "/properties/privateFQDN",
        "/properties/azurePortalFQDN", "/properties/maxAgentPools", "/properties/resourceUID", "/properties/status", "/properties/oidcIssuerProfile/issuerURL",
        "/properties/networkProfile/loadBalancerProfile/effectiveOutboundIPs", "/properties/networkProfile/natGatewayProfile/effectiveOutboundIPs",
        "/properties/addonProfiles/*/identity", "/properties/ingressProfile/webAppRouting/identity", "/properties/privateLinkResources",
        .. AgentPool.Told.Select(member => $"/properties/agentPoolProfiles/*/{member}"),
    ];

    /// <summary>What the manifest says of it.</summary>
    protected ClusterSection Section => cluster;

    protected Manifest Manifest => manifest;

    private IEnumerable<PoolProfile> Pools => manifest.Aks.PoolsOf(cluster).Select(pool => new PoolProfile(manifest, cluster, pool));

    public override Problem? Objection(Verb verb, JsonNode? desired, JsonNode? observed) =>
        base.Objection(verb, desired, observed) ?? (verb is Verb.Update ? target.Objection(Id, Pointer.At(observed, Version)) ?? IssuerOff(desired, observed) ?? MoveOff(desired, observed) : null);

    /// <summary>Why its network cannot be moved to where the wish has it; null when it can.</summary>
    protected virtual Problem? MoveOff(JsonNode? desired, JsonNode? observed) => NetworkMoves.Objection(Id, cluster.Name, desired, observed);

    protected sealed override JsonNode Seen(JsonNode observed)
    {
        var properties = (JsonObject)observed["properties"]!;
        properties["kubernetesVersion"] = target.Spell(Running(observed));

        // What Azure leaves unsaid is off.
        Default(properties, "autoUpgradeProfile", "upgradeChannel", "none");
        Default(properties, "networkProfile", "networkPolicy", "none");
        Default(properties, "networkProfile", "networkDataplane", "azure");
        Default(properties, "apiServerAccessProfile", "enablePrivateCluster", false);
        Default(properties, "oidcIssuerProfile", "enabled", false);
        if (properties["securityProfile"] is not JsonObject security) properties["securityProfile"] = security = [];
        Default(security, "workloadIdentity", "enabled", false);
        return observed;
    }

    private static void Default(JsonObject members, string profile, string name, JsonNode value)
    {
        if (members[profile] is not JsonObject below) members[profile] = below = [];
        below.TryAdd(name, value);
    }

    private static string? Running(JsonNode? observed) => (Pointer.At(observed, "/properties/currentKubernetesVersion") ?? Pointer.At(observed, Version))?.ToString();

    private static bool Is(JsonNode? node, bool value) => node is JsonValue told && told.TryGetValue(out bool truth) && truth == value;

    private Problem? IssuerOff(JsonNode? desired, JsonNode? observed) => Is(Pointer.At(observed, Issuer), true) && Is(Pointer.At(desired, Issuer), false)
        ? new Problem(
            "Issuer cannot be turned off",
            $"{Id} publishes an OpenID issuer, and aks.clusters[{cluster.Name}].oidcIssuer is false. Azure never takes an issuer back. Set oidcIssuer to true.")
        : null;
}
