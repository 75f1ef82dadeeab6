using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>An API key as it is listed.</summary>
internal sealed record DssKey(string Id, string Label, string Description, string? Secret, string? Hash, string CreatedBy);

/// <summary>The API keys of an instance, in config/public-apikeys.json; from DSS 13.1 on a fresh one keeps only their hashes.</summary>
internal sealed class DssKeys(DssDataDirectory data)
{
    private const string File = "config/public-apikeys.json";
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private readonly Lock _changing = new();

    public IReadOnlyList<DssKey> All => [.. (data.Read(File)?["keys"] as JsonArray ?? []).Select(node => Of(node!))];

    public DssKey? Find(string secret) =>
        secret.Length == 0 ? null : All.FirstOrDefault(key => key.Secret == secret || key.Hash == HashOf(secret));

    /// <summary>A new key with its secret, which is told this once.</summary>
    public DssKey Create(string label, string description)
    {
        var secret = "dkuaps-" + RandomNumberGenerator.GetString(Letters, 32);
        var kept = new DssKey(RandomNumberGenerator.GetString(Letters, 16), label, description, Hashed ? null : secret, Hashed ? HashOf(secret) : null, "cli-dsscli");
        lock (_changing) Keep([.. All, kept]);

        return kept with { Secret = secret };
    }

    public bool Delete(string idOrSecret)
    {
        lock (_changing)
        {
            var left = All.Where(key => key.Id != idOrSecret && key.Secret != idOrSecret && key.Hash != HashOf(idOrSecret)).ToList();
            if (left.Count == All.Count) return false;

            Keep(left);
            return true;
        }
    }

    private bool Hashed => System.Version.Parse(data.Version) >= new System.Version(13, 1);

    private void Keep(IEnumerable<DssKey> keys) => data.Write(File, new JsonObject { ["keys"] = new JsonArray([.. keys.Select(Json)]) });

    private static JsonObject Json(DssKey key) => new()
    {
        ["id"] = key.Id,
        ["label"] = key.Label,
        ["description"] = key.Description,
        ["key"] = key.Secret,
        ["hash"] = key.Hash,
        ["createdBy"] = key.CreatedBy,
        ["globalPermissions"] = new JsonObject { ["admin"] = true },
    };

    private static DssKey Of(JsonNode node) => new(
        (string)node["id"]!, (string?)node["label"] ?? "", (string?)node["description"] ?? "", (string?)node["key"], (string?)node["hash"], (string?)node["createdBy"] ?? "");

    private static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
