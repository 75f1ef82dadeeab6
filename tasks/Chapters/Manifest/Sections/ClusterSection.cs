using System.Collections.ObjectModel;

namespace DssPipeline.Chapters;

/// <summary>One AKS cluster: made by DSS through its plugin, or by Azure and attached to DSS.</summary>
public sealed record ClusterSection
{
    [Key("Name of the cluster, in DSS and in Azure.", Effect.NewName, Form = Form.ClusterName, Identifies = true)]
    public required string Name { get; init; }

    [Key("Who makes it: `dss` through the AKS plugin, as in the reference architecture, or `azure` by ARM, then attached to DSS.", Effect.Refused)]
    public ClusterManager ManagedBy { get; init; } = ClusterManager.Dss;

    [Key("The AKS connection preset.", RefersTo = "aks.connections", Default = "the first one")]
    public string? Connection { get; init; }

    [Key("Kubernetes, as minor (`1.33`), patch (`1.33.4`) or `latest`. One minor up at a time, never down.", Effect.Restart, Form = Form.KubernetesVersion, Also = "latest")]
    public string KubernetesVersion { get; init; } = "latest";

    [Key("Its node pools, the system pool first.", RefersTo = "aks.nodePools", Default = "all of aks.nodePools")]
    public IReadOnlyList<string> Pools { get; init; } = [];

    [Key("IP range of its services; overlaps neither the virtual network nor the pods, and is known to nobody outside.", Effect.Refused, Form = Form.Cidr)]
    public string ServiceCidr { get; init; } = "10.0.0.0/16";

    [Key("Address of its DNS, inside the service range, not the first of it.", Effect.Refused, Form = Form.IpAddress)]
    public string DnsServiceIp { get; init; } = "10.0.0.10";

    [Key("IP range of its pods, with overlay networking or kubenet; every node takes a /24 of it. It can become wider.", Effect.InPlace, Form = Form.Cidr)]
    public string PodCidr { get; init; } = "10.244.0.0/16";

    [Key("Network plugin. From kubenet to azure with overlay it can change, and not back.", Effect.InPlace)]
    [OneOf("azure", "kubenet")]
    public string NetworkPlugin { get; init; } = "azure";

    [Key("Whether pods take addresses of their own range (`overlay`) or of the subnet (`subnet`). The plugin of DSS makes `subnet` only. From subnet to overlay it can change, and not back.", Effect.InPlace, Default = "overlay when managedBy is azure, subnet when it is dss")]
    public NetworkMode? NetworkMode { get; init; }

    [Key("Network policy engine. Clusters that Azure manages. From none to any, and from azure or calico to cilium, it can change.", Effect.InPlace)]
    [OneOf("none", "azure", "calico", "cilium")]
    public string NetworkPolicy { get; init; } = "none";

    [Key("Tier of the control plane. Clusters that Azure manages.")]
    [OneOf("Free", "Standard", "Premium")]
    public string Tier { get; init; } = "Free";

    [Key("The API server has a private address only.", Effect.Refused, Default = "true when network.access is private")]
    public bool? Private { get; init; }

    [Key("Address ranges that may reach a public API server; empty means all. Clusters that Azure manages.", Form = Form.Cidr)]
    public IReadOnlyList<string> AuthorizedSources { get; init; } = [];

    [Key("Load balancer. A private cluster needs Standard.", Effect.Refused)]
    [OneOf("Standard", "Basic")]
    public string LoadBalancerSku { get; init; } = "Standard";

    [Key("How nodes reach the internet.", Effect.InPlace)]
    [OneOf("loadBalancer", "userDefinedRouting")]
    public string OutboundType { get; init; } = "loadBalancer";

    [Key("Automatic upgrades of Kubernetes.")]
    [OneOf("none", "patch", "stable", "rapid", "node-image")]
    public string UpgradeChannel { get; init; } = "none";

    [Key("Automatic upgrades of the nodes' operating system.")]
    [OneOf("None", "Unmanaged", "SecurityPatch", "NodeImage")]
    public string NodeOsUpgradeChannel { get; init; } = "NodeImage";

    [Key("Resource group that Azure makes for the nodes.", Effect.Refused, Form = Form.ResourceGroupName, Default = "chosen by Azure: MC_…")]
    public string? NodeResourceGroup { get; init; }

    [Key("Publish an OpenID issuer. Cannot be turned off again.", Effect.Refused)]
    public bool OidcIssuer { get; init; }

    [Key("Workload identity; needs oidcIssuer.")]
    public bool WorkloadIdentity { get; init; }

    [Key("Have it running. Otherwise it is made and stopped where Azure manages it; one that DSS makes is then not in Azure at all.")]
    public bool Started { get; init; } = true;

    [Key("The cluster used where nobody chose one; at most one.", Default = "the first cluster")]
    public bool Default { get; init; }

    [Key("Further settings for the creation by the plugin, as JSON.", Effect.Refused, Form = Form.Json)]
    public string? CustomConfig { get; init; }

    [Key("Tags of the cluster.", Form = Form.TagName)]
    public IReadOnlyDictionary<string, string> Tags { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    [Key("Namespaces that this pipeline makes in it, beside those that DSS makes itself.")]
    public IReadOnlyList<NamespaceSection> Namespaces { get; init; } = [];

    [Key("Look into the cluster with kubectl, from the machine that runs this: whether its nodes are ready, and its namespaces. Into a private cluster that works only from its network.", Effect.RunOnly, Default = "true, but for private clusters without namespaces")]
    public bool? LookInside { get; init; }

    /// <summary>Overlay or subnet, as stated or as the manager of the cluster has it.</summary>
    public NetworkMode EffectiveNetworkMode =>
        NetworkMode ?? (ManagedBy is ClusterManager.Azure ? Chapters.NetworkMode.Overlay : Chapters.NetworkMode.Subnet);
}

/// <summary>Who makes a cluster.</summary>
public enum ClusterManager
{
    Dss,
    Azure,
}

/// <summary>Where the addresses of pods come from.</summary>
public enum NetworkMode
{
    Overlay,
    Subnet,
}
