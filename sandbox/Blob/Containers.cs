using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>The containers of storage accounts. Those of an account that Resource Manager knows are kept there, so that both planes see the same.</summary>
internal sealed class Containers(BlobStore store, ArmStore world)
{
    private const string AccountType = "Microsoft.Storage/storageAccounts";

    public bool Has(string account, string container)
    {
        if (IdOf(account) is not { } id) return store.HasContainer(account, container);

        var exists = world.Find(PathOf(id, container)) is not null;
        if (!exists && store.HasContainer(account, container)) store.RemoveContainer(account, container);
        if (exists) store.AddContainer(account, container);
        return exists;
    }

    public IEnumerable<string> Of(string account) => IdOf(account) is { } id
        ? world.OfType($"{AccountType}/blobServices/containers").Where(document => ((string)document["id"]!).StartsWith($"{id}/", StringComparison.OrdinalIgnoreCase)).Select(document => (string)document["name"]!)
        : store.Containers(account);

    public void Add(string account, string container)
    {
        store.AddContainer(account, container);
        if (IdOf(account) is { } id) world.Put(PathOf(id, container), Document(id, container), hidden: null);
    }

    public void Remove(string account, string container)
    {
        store.RemoveContainer(account, container);
        if (IdOf(account) is { } id) world.Remove(PathOf(id, container));
    }

    // Account names are unique in all of Azure.
    private string? IdOf(string account) => world.OfType(AccountType)
        .Select(document => (string)document["id"]!)
        .FirstOrDefault(id => id.EndsWith($"/{account}", StringComparison.OrdinalIgnoreCase));

    private static string PathOf(string account, string container) => $"{account}/blobServices/default/containers/{container}";

    private static JsonObject Document(string account, string container) => new()
    {
        ["id"] = PathOf(account, container),
        ["name"] = container,
        ["type"] = $"{AccountType}/blobServices/containers",
        ["properties"] = new JsonObject { ["publicAccess"] = "None", ["hasImmutabilityPolicy"] = false, ["hasLegalHold"] = false },
    };
}
