using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>The secrets that were written through Resource Manager, which shows them to nobody but the vault.</summary>
internal sealed class ArmSecrets(ArmStore world, TimeProvider clock)
{
    /// <summary>Takes over what the vault has not seen yet; true when there was something.</summary>
    public bool TakeOver(string vault, SortedDictionary<string, StoredSecret> secrets)
    {
        var taken = false;
        foreach (var document in world.OfType("Microsoft.KeyVault/vaults/secrets"))
        {
            var id = (string)document["id"]!;
            var name = (string)document["name"]!;
            if (!id.EndsWith($"/vaults/{vault}/secrets/{name}", StringComparison.OrdinalIgnoreCase)) continue;

            var version = ((string)document["properties"]!["secretUriWithVersion"]!).Split('/')[^1];
            var secret = secrets.GetValueOrDefault(name) ?? (secrets[name] = new StoredSecret(name));
            if (secret.Versions.Exists(known => known.Id == version)) continue;

            secret.Versions.Add(Version(version, document["properties"]!, world.FindHidden(id)));
            taken = true;
        }

        return taken;
    }

    private SecretVersion Version(string id, JsonNode properties, JsonObject? hidden) => new()
    {
        Id = id,
        Value = (string?)hidden?["properties"]?["value"] ?? "",
        ContentType = (string?)properties["contentType"],
        Created = clock.GetUtcNow().ToUnixTimeSeconds(),
        Updated = clock.GetUtcNow().ToUnixTimeSeconds(),
    };
}
