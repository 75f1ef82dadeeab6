using System.Collections.ObjectModel;
using System.Text.Json.Nodes;

namespace DssPipeline.Chapters;

/// <summary>Spark on Kubernetes, managed by DSS, and the metastore.</summary>
public sealed record SparkSection
{
    [Key("Spark configurations.")]
    public IReadOnlyList<SparkConfigSection> Configs { get; init; } = [new() { Name = "spark-on-k8s" }];

    [Key("Configuration used where nobody chose one.", RefersTo = "spark.configs", Default = "the first one")]
    public string? Default { get; init; }

    [Key("Catalog that datasets are synchronized to: `DSS_INTERNAL` is the internal DSS catalog, `HIVESERVER2` a Hive. Another word is passed on as it is.")]
    public string Metastore { get; init; } = "DSS_INTERNAL";
}

/// <summary>One Spark configuration.</summary>
public sealed record SparkConfigSection
{
    [Key("Name of the configuration.", Effect.NewName, Form = Form.DssName, Identifies = true)]
    public required string Name { get; init; }

    [Key("What it is for.")]
    public string Description { get; init; } = "";

    [Key("DSS makes the pods by itself (Managed Spark-on-K8S).")]
    public bool ManagedKubernetes { get; init; } = true;

    [Key("Namespace of the pods. DSS variables may stand in it.", Form = Form.KubernetesNamespace, Variables = true)]
    public string Namespace { get; init; } = "dssns";

    [Key("Let DSS make the namespace.")]
    public bool CreateNamespace { get; init; } = true;

    [Key("Settings of Spark (`spark.executor.memory: 4g`).", Variables = true)]
    public IReadOnlyDictionary<string, string> Conf { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    [Key("Settings of Spark whose values DSS keeps secret.")]
    public IReadOnlyList<SecretEntrySection> SecretConf { get; init; } = [];

    [Key("Let DSS make sure that the namespace follows its policies.")]
    public bool EnsureNamespaceCompliance { get; init; }

    [Key("What DSS does before it pushes an image.")]
    public PrePush PrePush { get; init; } = PrePush.None;

    [Key("Script on the machine, for `custom`.", Form = Form.AbsolutePath)]
    public string? PrePushScript { get; init; }

    [Key("Base image.", Default = "the one the chapter BuildImages makes")]
    public string? BaseImage { get; init; }

    [Key("Members laid over the configuration as DSS stores it, for what no other key says.", Variables = true)]
    public JsonObject Settings { get; init; } = [];

    [Key("Members laid over its image build configuration as DSS stores it. Only for DSS 15 and later, which keeps the two apart.", Variables = true)]
    public JsonObject BuildSettings { get; init; } = [];
}
