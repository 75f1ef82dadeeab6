namespace DssPipeline.Chapters;

/// <summary>What the user wishes: one deployment, section by section.</summary>
public sealed record Manifest
{
    [Key("Name of the deployment. Every name that is not stated derives from it.", Effect.NewName, Form = Form.DeploymentName)]
    public required string Name { get; init; }

    [Key("Where in Azure, and how to sign in.")]
    public required AzureSection Azure { get; init; }

    [Key("The virtual network.")]
    public NetworkSection Network { get; init; } = new();

    [Key("Who DSS is in Azure, and the vault.")]
    public IdentitySection Identity { get; init; } = new();

    [Key("The container registry.")]
    public RegistrySection Registry { get; init; } = new();

    [Key("The machine DSS runs on.")]
    public required VmSection Vm { get; init; }

    [Key("The DSS instance.")]
    public required DssSection Dss { get; init; }

    [Key("The base images.")]
    public ImagesSection Images { get; init; } = new();

    [Key("Containerized execution.")]
    public ContainersSection Containers { get; init; } = new();

    [Key("Spark on Kubernetes and the metastore.")]
    public SparkSection Spark { get; init; } = new();

    [Key("The ADLS gen2 accounts.")]
    public IReadOnlyList<AdlsSection> Adls { get; init; } = [];

    [Key("The AKS plugin, its presets and the clusters.")]
    public AksSection Aks { get; init; } = new();

    [Key("The DSS projects that use the clusters.")]
    public IReadOnlyList<ProjectSection> Projects { get; init; } = [];

    [Key("What a run may destroy.", Effect.RunOnly)]
    public PolicySection Policy { get; init; } = new();

    /// <summary>Every name and id of the deployment, computed.</summary>
    public Names Names => new(this);

    /// <summary>Where each value was written.</summary>
    public Places Places { get; init; } = Places.None;

    /// <summary>Whether anything may be reached from public networks by default.</summary>
    public bool IsPublic => Network.Access is NetworkAccess.Public;

    /// <summary>Whether a run comes in by ssh: to the machine, or through it to DSS.</summary>
    public bool UsesSsh => Vm.Access is VmAccess.Ssh || Dss.Api.Access is DssApiAccess.Ssh;
}
