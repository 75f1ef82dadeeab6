using System.Collections.ObjectModel;
using System.Text.Json.Nodes;

namespace DssPipeline.Chapters;

/// <summary>Containerized execution: where DSS runs code on Kubernetes, and with how much.</summary>
public sealed record ContainersSection
{
    [Key("Containerized execution configurations of type Kubernetes.")]
    public IReadOnlyList<ExecutionConfigSection> ExecutionConfigs { get; init; } = [new() { Name = "kubernetes" }];

    [Key("Configuration used where nobody chose one; `none` runs such code on the machine.", RefersTo = "containers.executionConfigs", Also = "none", Default = "the first one; with none to choose from, left as it is")]
    public string? Default { get; init; }

    [Key("Registry that images are pushed to and pulled from.", Default = "{registry}.azurecr.io", Form = Form.HostName)]
    public string? RegistryUrl { get; init; }
}

/// <summary>One containerized execution configuration.</summary>
public sealed record ExecutionConfigSection
{
    [Key("Name of the configuration.", Effect.NewName, Form = Form.DssName, Identifies = true)]
    public required string Name { get; init; }

    [Key("Namespace of the pods. DSS variables may stand in it: `dssns-${dssUserLogin}`.", Form = Form.KubernetesNamespace, Variables = true)]
    public string Namespace { get; init; } = "dssns";

    [Key("Let DSS make the namespace.")]
    public bool CreateNamespace { get; init; } = true;

    [Key("Let DSS make sure that the namespace follows its policies.")]
    public bool EnsureNamespaceCompliance { get; init; }

    [Key("CPU a pod asks for.", Unit = "cores", Min = 0.01, Max = 1000)]
    public double? CpuRequest { get; init; }

    [Key("CPU a pod may use.", Unit = "cores", Min = 0.01, Max = 1000)]
    public double? CpuLimit { get; init; }

    [Key("Memory a pod asks for.", Unit = "MB", Min = 1, Max = 10000000)]
    public int? MemoryRequestMB { get; init; }

    [Key("Memory a pod may use.", Unit = "MB", Min = 1, Max = 10000000)]
    public int? MemoryLimitMB { get; init; }

    [Key("Further requests, such as `ephemeral-storage: 10Gi`.")]
    public IReadOnlyDictionary<string, string> CustomRequests { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    [Key("Further limits, such as `nvidia.com/gpu: \"1\"`.")]
    public IReadOnlyDictionary<string, string> CustomLimits { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    [Key("Labels of the nodes that its pods may run on (YAML of Kubernetes).", Default = "left as it is")]
    public string? NodeSelector { get; init; }

    [Key("Affinity of its pods (YAML of Kubernetes).", Default = "left as it is")]
    public string? Affinity { get; init; }

    [Key("Tolerations of its pods (YAML of Kubernetes).", Default = "left as it is")]
    public string? Tolerations { get; init; }

    [Key("Secret of the namespace by which its pods pull images, where the cluster may not pull by itself.", Default = "left as it is")]
    public string? ImagePullSecret { get; init; }

    [Key("What DSS does before it pushes an image. `acr` signs in with the identity of the machine.")]
    public PrePush PrePush { get; init; } = PrePush.None;

    [Key("Script on the machine, for `custom`.", Form = Form.AbsolutePath)]
    public string? PrePushScript { get; init; }

    [Key("Base image.", Default = "the one the chapter BuildImages makes")]
    public string? BaseImage { get; init; }

    [Key("Groups that may use it; empty means everybody.")]
    public IReadOnlyList<string> AllowedGroups { get; init; } = [];

    [Key("Properties of the configuration.", Variables = true)]
    public IReadOnlyDictionary<string, string> Properties { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    [Key("Properties whose values DSS keeps secret.")]
    public IReadOnlyList<SecretEntrySection> SecretProperties { get; init; } = [];

    [Key("Members laid over the configuration as DSS stores it, for what no other key says.", Variables = true)]
    public JsonObject Settings { get; init; } = [];

    [Key("Members laid over its image build configuration as DSS stores it. Only for DSS 15 and later, which keeps the two apart.", Variables = true)]
    public JsonObject BuildSettings { get; init; } = [];
}

/// <summary>What DSS does before it pushes an image.</summary>
public enum PrePush
{
    None,
    Acr,
    Custom,
}
