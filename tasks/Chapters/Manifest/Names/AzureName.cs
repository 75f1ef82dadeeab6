using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>A resource of Azure by its computed name: what the pipeline calls it, and where ARM keeps it.</summary>
/// <param name="Type">ARM type: <c>Microsoft.Storage/storageAccounts</c>.</param>
/// <param name="Path">ARM id.</param>
public sealed record AzureName(ResourceId Id, string Type, string Path)
{
    /// <summary>Last part of the ARM id.</summary>
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>A resource in a resource group.</summary>
    public static AzureName In(string resourceGroupPath, string kind, string type, string name) =>
        new(new("azure", kind, name), type, $"{resourceGroupPath}/providers/{type}/{name}");

    /// <summary>A resource inside this one; its name starts with the names above it.</summary>
    public AzureName Child(string kind, string childType, string name) =>
        new(new("azure", kind, $"{Id.Name}/{name}"), $"{Type}/{childType}", $"{Path}/{childType}/{name}");
}
