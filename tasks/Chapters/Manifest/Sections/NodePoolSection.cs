using System.Collections.ObjectModel;

namespace DssPipeline.Chapters;

/// <summary>A kind of nodes: a Node pools preset of the plugin, and an agent pool of clusters that Azure manages.</summary>
public sealed record NodePoolSection
{
    [Key("Name of preset and pool.", Effect.NewName, Form = Form.NodePoolName, Identifies = true)]
    public required string Name { get; init; }

    [Key("Machine type of the nodes.", Effect.Refused, Form = Form.VirtualMachineSize)]
    public string VmSize { get; init; } = "Standard_D8s_v5";

    [Key("Default number of nodes. Under autoscaling only the number to start with.", Min = 0, Max = 1000)]
    public int Nodes { get; init; } = 3;

    [Key("Let the number of nodes follow the load.")]
    public AutoscalingSection? Autoscaling { get; init; }

    [Key("`system` pools carry the pods of Kubernetes itself, `user` pools those of DSS. A cluster needs a system pool.", Default = "system for the first pool of a cluster, user for the others")]
    public PoolMode? Mode { get; init; }

    [Key("A system pool that takes nothing but critical pods; another pool must take the rest.")]
    public bool SystemPodsOnly { get; init; }

    [Key("Disk of a node; 0 is the default of the machine type.", Effect.Refused, Unit = "GB", Min = 0, Max = 2048)]
    public int OsDiskSizeGB { get; init; }

    [Key("Most pods on a node.", Effect.Refused, Min = 10, Max = 250, Default = "250 with overlay networking, 110 with kubenet, else 30")]
    public int? MaxPods { get; init; }

    [Key("Subnet of the nodes: the one for AKS, or the one of the DSS machine.", Effect.Refused)]
    public PoolSubnet Subnet { get; init; } = PoolSubnet.Aks;

    [Key("Availability zones the nodes are spread over; the region must have them.", Effect.Refused, Form = Form.Zone, Default = "none")]
    public IReadOnlyList<string> Zones { get; init; } = [];

    [Key("Labels of the nodes.")]
    public IReadOnlyDictionary<string, string> Labels { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    [Key("Taints of the nodes, as `key=value:NoSchedule`. At least one pool of a cluster must have none.", Form = Form.Taint)]
    public IReadOnlyList<string> Taints { get; init; } = [];

    [Key("The machine type has GPUs. DSS installs NVIDIA's device plugin when it makes the cluster with such a pool; for clusters that Azure manages, pools added later, and pools that get it later, install it with kubectl (see CreateAks).")]
    public bool Gpu { get; init; }

    [Key("Cheap nodes that Azure may take away at any time. User pools of clusters that Azure manages.", Effect.Refused)]
    public bool Spot { get; init; }

    [Key("Groups that may ask for such nodes by the preset; `[]` means everybody.", Default = "everybody when the preset is made, then left as it is")]
    public IReadOnlyList<string>? AllowedGroups { get; init; }

    [Key("Tags of the nodes.", Form = Form.TagName)]
    public IReadOnlyDictionary<string, string> Tags { get; init; } = ReadOnlyDictionary<string, string>.Empty;
}

/// <summary>Bounds of the number of nodes.</summary>
public sealed record AutoscalingSection
{
    [Key("Fewest nodes.", Min = 0, Max = 1000)]
    public int Min { get; init; } = 2;

    [Key("Most nodes.", Min = 1, Max = 1000)]
    public int Max { get; init; } = 5;
}

/// <summary>What a pool is for.</summary>
public enum PoolMode
{
    System,
    User,
}

/// <summary>Where the nodes of a pool live.</summary>
public enum PoolSubnet
{
    Aks,
    Dss,
}
