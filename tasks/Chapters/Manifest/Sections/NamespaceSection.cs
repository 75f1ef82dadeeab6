using System.Collections.ObjectModel;

namespace DssPipeline.Chapters;

/// <summary>A namespace of a cluster that this pipeline makes.</summary>
public sealed record NamespaceSection
{
    [Key("Name of the namespace; not one of Kubernetes itself (kube-…).", Effect.NewName, Form = Form.KubernetesNamespace, Identifies = true)]
    public required string Name { get; init; }

    [Key("Labels of the namespace.", Form = Form.KubernetesLabel)]
    public IReadOnlyDictionary<string, string> Labels { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    [Key("How much may be asked for in it, all pods together.")]
    public NamespaceQuotaSection? Quota { get; init; }
}

/// <summary>What the pods of a namespace may ask for, all together.</summary>
public sealed record NamespaceQuotaSection
{
    [Key("Cores that pods may request. Then only pods that say how many they request are let in.", Default = "no limit", Min = 1, Max = 100000)]
    public int? Cpu { get; init; }

    [Key("Memory that pods may request. Then only pods that say how much they request are let in.", Unit = "GiB", Default = "no limit", Min = 1, Max = 1000000)]
    public int? Memory { get; init; }

    [Key("Pods at a time.", Default = "no limit", Min = 1, Max = 100000)]
    public int? Pods { get; init; }
}
