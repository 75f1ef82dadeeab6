using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>How a cluster is reached and how it reaches others, as Azure writes it.</summary>
internal sealed class ClusterAddressing(Manifest manifest, ClusterSection cluster)
{
    public bool IsPrivate => cluster.Private ?? !manifest.IsPublic;

    /// <summary>The zone that knows the API server of a private cluster, when it is somebody else's.</summary>
    public AzureName? Zone => IsPrivate && manifest.Network.PrivateDns.Mode is PrivateDnsMode.Existing
        ? manifest.Names.PrivateDnsZone($"privatelink.{manifest.Azure.Location}.azmk8s.io")
        : null;

    // A null is a wish as well: pods that are to take addresses of the subnet must not have a range of their own.
    public JsonObject Network => new()
    {
        ["networkPlugin"] = cluster.NetworkPlugin,
        ["networkPluginMode"] = HasOverlay ? "overlay" : null,
        ["networkPolicy"] = cluster.NetworkPolicy,
        ["networkDataplane"] = cluster.NetworkPolicy == "cilium" ? "cilium" : "azure",
        ["podCidr"] = HasOverlay || cluster.NetworkPlugin == "kubenet" ? cluster.PodCidr : null,
        ["serviceCidr"] = cluster.ServiceCidr,
        ["dnsServiceIP"] = cluster.DnsServiceIp,
        ["loadBalancerSku"] = cluster.LoadBalancerSku.ToLowerInvariant(),
        ["outboundType"] = cluster.OutboundType,
    };

    public object ApiServer => IsPrivate
        ? new { enablePrivateCluster = true, privateDNSZone = Zone?.Path ?? "system" }
        : new { enablePrivateCluster = false, authorizedIPRanges = cluster.AuthorizedSources };

    private bool HasOverlay => cluster is { NetworkPlugin: "azure", EffectiveNetworkMode: NetworkMode.Overlay };
}
