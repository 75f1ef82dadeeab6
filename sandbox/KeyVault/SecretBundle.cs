using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Secrets in the shape the vault answers with.</summary>
internal static class SecretBundle
{
    private const int RetentionDays = 90;

    public static JsonObject Of(string vault, string name, SecretVersion version) =>
        Item(vault, version, $"{name}/{version.Id}", value: version.Value);

    /// <summary>A member of a list of versions: everything but the value.</summary>
    public static JsonObject VersionItem(string vault, string name, SecretVersion version) =>
        Item(vault, version, $"{name}/{version.Id}", value: null);

    /// <summary>A member of a list of secrets: named without its version.</summary>
    public static JsonObject SecretItem(string vault, StoredSecret secret) =>
        Item(vault, secret.Versions[^1], secret.Name, value: null);

    public static JsonObject Deleted(string vault, StoredSecret secret)
    {
        var bundle = VersionItem(vault, secret.Name, secret.Versions[^1]);
        bundle["recoveryId"] = $"{Base(vault)}/deletedsecrets/{secret.Name}";
        bundle["deletedDate"] = secret.DeletedAt!.Value.ToUnixTimeSeconds();
        bundle["scheduledPurgeDate"] = secret.DeletedAt.Value.AddDays(RetentionDays).ToUnixTimeSeconds();
        return bundle;
    }

    // Ids carry the vault's real name, however the request came here: clients refuse ids of any other shape.
    private static string Base(string vault) => $"https://{vault}.vault.azure.net";

    private static JsonObject Item(string vault, SecretVersion version, string path, string? value)
    {
        var bundle = new JsonObject { ["id"] = $"{Base(vault)}/secrets/{path}", ["attributes"] = Attributes(version) };
        if (value is not null) bundle["value"] = value;
        if (version.ContentType is not null) bundle["contentType"] = version.ContentType;
        if (version.Tags is not null) bundle["tags"] = new JsonObject(version.Tags.Select(tag => KeyValuePair.Create(tag.Key, (JsonNode?)tag.Value)));
        return bundle;
    }

    private static JsonObject Attributes(SecretVersion version)
    {
        var attributes = new JsonObject
        {
            ["enabled"] = version.Enabled,
            ["created"] = version.Created,
            ["updated"] = version.Updated,
            ["recoveryLevel"] = "Recoverable+Purgeable",
            ["recoverableDays"] = RetentionDays,
        };
        if (version.NotBefore is { } notBefore) attributes["nbf"] = notBefore;
        if (version.Expires is { } expires) attributes["exp"] = expires;
        return attributes;
    }
}
