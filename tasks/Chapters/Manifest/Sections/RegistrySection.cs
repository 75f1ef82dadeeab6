namespace DssPipeline.Chapters;

/// <summary>The container registry that holds the images of DSS.</summary>
public sealed record RegistrySection
{
    [Key("Name of the registry, unique in the whole of Azure.", Effect.NewName, Form = Form.RegistryName, Default = "cr{name without dashes}")]
    public string? Name { get; init; }

    [Key("Service tier. Private endpoints, zone redundancy and retention need Premium.")]
    [OneOf("Basic", "Standard", "Premium")]
    public string Sku { get; init; } = "Standard";

    [Key("Reachable from public networks.", Default = "true when network.access is public")]
    public bool? PublicAccess { get; init; }

    [Key("Copies in several zones. Premium only.", Effect.Refused)]
    public bool ZoneRedundant { get; init; }

    [Key("How long manifests without a tag are kept; 0 keeps them for ever. Premium only.", Unit = "days", Min = 0, Max = 365)]
    public int RetentionDays { get; init; }
}
