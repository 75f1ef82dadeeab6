using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>One request to one vault.</summary>
internal sealed record VaultCall(string Vault, SortedDictionary<string, StoredSecret> Secrets, SecretWish? Wish)
{
    public StoredSecret? Live(string name) =>
        Secrets.TryGetValue(name, out var secret) && secret.DeletedAt is null ? secret : null;

    /// <summary>The version asked for, or the newest.</summary>
    public SecretVersion? Find(string name, string? version) =>
        Live(name)?.Versions.LastOrDefault(candidate => version is null || candidate.Id == version);
}

/// <summary>What a vault answers, and whether it has something to save.</summary>
internal sealed record VaultAnswer(int Status, JsonObject? Body, bool Changed = false)
{
    public static VaultAnswer Error(int status, string code, string message, string? inner = null)
    {
        var error = new JsonObject { ["code"] = code, ["message"] = message };
        if (inner is not null) error["innererror"] = new JsonObject { ["code"] = inner };
        return new VaultAnswer(status, new JsonObject { ["error"] = error });
    }
}
