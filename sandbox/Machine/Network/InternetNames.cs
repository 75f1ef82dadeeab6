using System.Net;

namespace DssPipeline.Sandbox;

/// <summary>The names that a machine can find: those of the internet, of Azure, and of what exists in Resource Manager at the moment.</summary>
internal sealed class InternetNames(ArmStore store)
{
    private static readonly (string Suffix, string Type, IPAddress Address)[] OfResources =
    [
        (Registries.Suffix, "Microsoft.ContainerRegistry/registries", Internet.Registry),
        (".vault.azure.net", "Microsoft.KeyVault/vaults", Internet.KeyVault),
        (".blob.core.windows.net", "Microsoft.Storage/storageAccounts", Internet.Storage),
        (".dfs.core.windows.net", "Microsoft.Storage/storageAccounts", Internet.Storage),
    ];

    /// <summary>Where a name leads; null where nothing has it.</summary>
    public IPAddress? Find(string name) => name.ToLowerInvariant() switch
    {
        "management.azure.com" => Internet.Arm,
        "login.microsoftonline.com" => Internet.Entra,
        var other when Internet.Names.Contains(other, StringComparer.Ordinal) => Internet.Downloads,
        var other when other.EndsWith(KubernetesClusters.Suffix, StringComparison.Ordinal) => KubernetesClusters.IsName(store, other) ? Internet.Kubernetes : null,
        var other => OfResource(other),
    };

    private IPAddress? OfResource(string name)
    {
        var (suffix, type, address) = Array.Find(OfResources, row => name.EndsWith(row.Suffix, StringComparison.Ordinal));
        return suffix is not null && Exists(type, name[..^suffix.Length]) ? address : null;
    }

    private bool Exists(string type, string name)
    {
        lock (store.Gate) return store.Type(type).Any(record => !record.IsInvisible && record.Id.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
    }
}
