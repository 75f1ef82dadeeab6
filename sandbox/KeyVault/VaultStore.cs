using System.Collections.Concurrent;
using System.Text.Json;

namespace DssPipeline.Sandbox;

/// <summary>The secrets of every vault, one private file a vault.</summary>
internal sealed class VaultStore(string folder)
{
    private readonly ConcurrentDictionary<string, Lazy<SortedDictionary<string, StoredSecret>>> _vaults = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The secrets of a vault by name; lock it to read or change them.</summary>
    public SortedDictionary<string, StoredSecret> Open(string vault) => _vaults.GetOrAdd(vault, name => new(() => Load(name))).Value;

    public void Save(string vault) => StateFolder.WritePrivate(FileOf(vault), JsonSerializer.Serialize(Open(vault).Values));

    private SortedDictionary<string, StoredSecret> Load(string vault)
    {
        var secrets = new SortedDictionary<string, StoredSecret>(StringComparer.OrdinalIgnoreCase);
        if (!File.Exists(FileOf(vault))) return secrets;

        foreach (var secret in JsonSerializer.Deserialize<List<StoredSecret>>(File.ReadAllText(FileOf(vault)))!) secrets[secret.Name] = secret;
        return secrets;
    }

    private string FileOf(string vault) => Path.Combine(folder, Uri.EscapeDataString(vault) + ".json");
}
