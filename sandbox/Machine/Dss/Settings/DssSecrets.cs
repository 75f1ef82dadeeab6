using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Secrets inside documents: encrypted where they are kept, and shown as the habits of the instance say.</summary>
internal sealed class DssSecrets(DssDataDirectory data, Func<DssHabits> habits)
{
    public const string Mask = "********";

    private const string Prefix = "e:AES:";
    private const string KeyFile = "config/secret.key";
    private const int Nonce = 12;
    private const int Tag = 16;

    private static readonly string[] Names = ["name", "key"];

    private readonly Lock _making = new();

    /// <summary>Encrypts what came in plain text; a mask, or a nothing that the instance itself has shown, stands for the secret that is kept.</summary>
    public void Take(JsonObject fresh, JsonObject? kept, IsSecret isSecret)
    {
        foreach (var place in Places(fresh, kept, isSecret))
        {
            var value = (string?)place.Parent[place.Name];
            if (string.IsNullOrEmpty(value) ? habits().Secrets is DssSecretForm.Empty or DssSecretForm.Absent : value == Mask) place.Parent[place.Name] = (string?)place.Kept?[place.Name] ?? value;
            else if (!string.IsNullOrEmpty(value) && !value.StartsWith(Prefix, StringComparison.Ordinal)) place.Parent[place.Name] = Seal(value);
            if (place.Parent[place.Name] is null) place.Parent.Remove(place.Name);
        }
    }

    /// <summary>A copy with the secrets as a caller sees them.</summary>
    public JsonObject Show(JsonObject kept, IsSecret isSecret)
    {
        var shown = (JsonObject)kept.DeepClone();
        foreach (var place in Places(shown, null, isSecret).Where(place => !string.IsNullOrEmpty((string?)place.Parent[place.Name])).ToList())
        {
            if (habits().Secrets == DssSecretForm.Redacted) place.Parent[place.Name] = Mask;
            else if (habits().Secrets == DssSecretForm.Empty) place.Parent[place.Name] = "";
            else if (habits().Secrets == DssSecretForm.Absent) place.Parent.Remove(place.Name);
        }

        return shown;
    }

    public string Seal(string plain)
    {
        var text = Encoding.UTF8.GetBytes(plain);
        var whole = new byte[Nonce + text.Length + Tag];
        RandomNumberGenerator.Fill(whole.AsSpan(0, Nonce));
        using var cipher = new AesGcm(Key, Tag);
        cipher.Encrypt(whole.AsSpan(0, Nonce), text, whole.AsSpan(Nonce, text.Length), whole.AsSpan(Nonce + text.Length));
        return Prefix + Convert.ToBase64String(whole);
    }

    /// <summary>The plain text of what <see cref="Seal"/> made here; that of another instance cannot be read.</summary>
    public string Open(string kept)
    {
        if (!kept.StartsWith(Prefix, StringComparison.Ordinal)) return kept;
        try
        {
            var whole = Convert.FromBase64String(kept[Prefix.Length..]);
            var text = new byte[whole.Length - Nonce - Tag];
            using var cipher = new AesGcm(Key, Tag);
            cipher.Decrypt(whole.AsSpan(0, Nonce), whole.AsSpan(Nonce, text.Length), whole.AsSpan(Nonce + text.Length), text);
            return Encoding.UTF8.GetString(text);
        }
        catch (Exception problem) when (problem is CryptographicException or FormatException or OverflowException)
        {
            throw DssRefusal.Broken("CodedException", "ERR_SECURITY_DECRYPTION_FAILED: Decryption failed due to wrong key: the value was encrypted by another instance");
        }
    }

    private byte[] Key
    {
        get
        {
            lock (_making)
            {
                if (!File.Exists(data.PathOf(KeyFile))) data.WriteText(KeyFile, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
                return Convert.FromBase64String(File.ReadAllText(data.PathOf(KeyFile)));
            }
        }
    }

    private static IEnumerable<Place> Places(JsonNode node, JsonNode? kept, IsSecret isSecret)
    {
        if (node is JsonObject parent)
        {
            foreach (var (name, value) in parent.ToList())
            {
                if (value is null or JsonValue && (value is null || value.GetValueKind() == JsonValueKind.String) && isSecret(parent, name)) yield return new(parent, name, kept as JsonObject);
                else if (value is not (null or JsonValue)) foreach (var place in Places(value, (kept as JsonObject)?[name], isSecret)) yield return place;
            }

            foreach (var (name, _) in (kept as JsonObject ?? []).Where(pair => pair.Value is JsonValue && !parent.ContainsKey(pair.Key) && isSecret((JsonObject)kept!, pair.Key)).ToList()) yield return new(parent, name, (JsonObject)kept!);
        }
        else if (node is JsonArray items)
        {
            for (var i = 0; i < items.Count; i++)
            {
                if (items[i] is { } item) foreach (var place in Places(item, Same(item, i, kept as JsonArray), isSecret)) yield return place;
            }
        }
    }

    // Items of a list are known by their name or key, wherever they stand now.
    private static JsonNode? Same(JsonNode item, int index, JsonArray? kept)
    {
        if (kept is null) return null;
        var key = item is JsonObject named ? Array.Find(Names, named.ContainsKey) : null;
        return key is null ? kept.ElementAtOrDefault(index) : kept.OfType<JsonObject>().FirstOrDefault(other => (string?)other[key] == (string?)item[key]);
    }

    private readonly record struct Place(JsonObject Parent, string Name, JsonObject? Kept);
}

/// <summary>Whether a field of an object is a secret.</summary>
internal delegate bool IsSecret(JsonObject parent, string name);
