namespace DssPipeline.Planes;

/// <summary>One blob of a storage account.</summary>
public sealed record BlobAddress(string Account, string Container, string Name)
{
    public override string ToString() => $"{Account}/{Container}/{Name}";
}
