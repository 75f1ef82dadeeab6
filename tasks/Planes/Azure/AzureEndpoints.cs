namespace DssPipeline.Planes;

/// <summary>Where Azure answers and whom to trust there. The sandbox is another set of these, and nothing else differs.</summary>
public sealed record AzureEndpoints
{
    public static AzureEndpoints Public { get; } = new()
    {
        Arm = new("https://management.azure.com"),
        Authority = new("https://login.microsoftonline.com"),
    };

    public required Uri Arm { get; init; }

    public required Uri Authority { get; init; }

    /// <summary>What tokens for ARM are made out to.</summary>
    public string Audience { get; init; } = "https://management.azure.com";

    /// <summary>Where the machine's managed identity is asked; null: 169.254.169.254.</summary>
    public Uri? Imds { get; init; }

    /// <summary>PEM file with a certificate authority to trust instead of the machine's; null: the machine's.</summary>
    public string? CaFile { get; init; }

    /// <summary>Address of a vault, with <c>{name}</c> in its place.</summary>
    public string Vault { get; init; } = "https://{name}.vault.azure.net";

    /// <summary>Address of a storage account's blobs, with <c>{name}</c> in its place.</summary>
    public string Blob { get; init; } = "https://{name}.blob.core.windows.net";

    /// <summary>Address of a registry, with <c>{name}</c> in its place.</summary>
    public string Registry { get; init; } = "https://{name}.azurecr.io";
}
