namespace DssPipeline.Chapters;

/// <summary>One ADLS gen2 account, its containers, who may use them, and the DSS connections to it.</summary>
public sealed record AdlsSection
{
    [Key("Name of the account, unique in the whole of Azure.", Effect.NewName, Form = Form.StorageAccountName, Identifies = true)]
    public required string Account { get; init; }

    [Key("Region.", Effect.Refused, Form = Form.Location, Default = "azure.location")]
    public string? Location { get; init; }

    [Key("Copies and performance. From one copy kind to a zone-redundant one is a migration that Azure does on request.", Effect.InPlace)]
    [OneOf("Standard_LRS", "Standard_ZRS", "Standard_GRS", "Standard_RAGRS", "Standard_GZRS", "Standard_RAGZRS", "Premium_LRS", "Premium_ZRS")]
    public string Sku { get; init; } = "Standard_LRS";

    [Key("Access tier of data that has none of its own.")]
    [OneOf("Hot", "Cool", "Cold")]
    public string AccessTier { get; init; } = "Hot";

    [Key("Account keys open the account. Connections with auth sharedKey need it; roles are better.")]
    public bool SharedKey { get; init; }

    [Key("Containers (file systems).", Effect.NewName, Form = Form.ContainerName)]
    public required IReadOnlyList<string> Containers { get; init; }

    [Key("Who may use the data.")]
    public IReadOnlyList<GrantSection> Grants { get; init; } = [new() { To = "dss", Role = GrantRole.Contributor }];

    [Key("From where the account is reachable.")]
    public StorageNetworkSection Network { get; init; } = new();

    [Key("How long deleted data can be brought back.")]
    public SoftDeleteSection SoftDelete { get; init; } = new();

    [Key("Rules that move or delete old data.")]
    public IReadOnlyList<LifecycleRuleSection> Lifecycle { get; init; } = [];

    [Key("DSS connections to the account.")]
    public IReadOnlyList<AdlsConnectionSection> Connections { get; init; } = [];
}

/// <summary>One role on the data of an account or of one container.</summary>
public sealed record GrantSection
{
    [Key("Who: `dss`, `cluster`, `kubelet`, or an object id.", Effect.NewName, Form = Form.Principal)]
    public required string To { get; init; }

    [Key("Kind of an object id.", Effect.NewName)]
    [OneOf("ServicePrincipal", "User", "Group")]
    public string PrincipalType { get; init; } = "ServicePrincipal";

    [Key("Storage Blob Data Reader, Contributor or Owner.", Effect.NewName)]
    public GrantRole Role { get; init; } = GrantRole.Contributor;

    [Key("The container it is for.", Effect.NewName, Form = Form.ContainerName, Default = "the whole account")]
    public string? Container { get; init; }
}

/// <summary>From where an account is reachable.</summary>
public sealed record StorageNetworkSection
{
    [Key("Reachable from public networks, under the rules below.", Default = "true when network.access is public")]
    public bool? PublicAccess { get; init; }

    [Key("Public address ranges that may come in. With a range or a subnet named, everybody else is shut out.", Form = Form.Cidr)]
    public IReadOnlyList<string> AllowedSources { get; init; } = [];

    [Key("Subnets of the deployment that may come in, by service endpoint.")]
    [OneOf("dss", "aks")]
    public IReadOnlyList<string> AllowedSubnets { get; init; } = [];
}

/// <summary>How long deleted data can be brought back.</summary>
public sealed record SoftDeleteSection
{
    [Key("Blobs and files; 0 turns it off.", Unit = "days", Min = 0, Max = 365)]
    public int BlobDays { get; init; } = 7;

    [Key("Containers; 0 turns it off.", Unit = "days", Min = 0, Max = 365)]
    public int ContainerDays { get; init; } = 7;
}

/// <summary>A rule that moves or deletes data by its age.</summary>
public sealed record LifecycleRuleSection
{
    [Key("Name of the rule.", Effect.NewName, Form = Form.DssName, Identifies = true)]
    public required string Name { get; init; }

    [Key("Paths it is for, starting with the container; empty means all.")]
    public IReadOnlyList<string> Prefixes { get; init; } = [];

    [Key("To the cool tier, so long after the last change.", Unit = "days", Min = 0, Max = 99999)]
    public int? CoolAfterDays { get; init; }

    [Key("To the cold tier, so long after the last change.", Unit = "days", Min = 0, Max = 99999)]
    public int? ColdAfterDays { get; init; }

    [Key("To the archive, so long after the last change.", Unit = "days", Min = 0, Max = 99999)]
    public int? ArchiveAfterDays { get; init; }

    [Key("Deleted, so long after the last change.", Unit = "days", Min = 0, Max = 99999)]
    public int? DeleteAfterDays { get; init; }
}

/// <summary>A role on blob data.</summary>
public enum GrantRole
{
    Reader,
    Contributor,
    Owner,
}
