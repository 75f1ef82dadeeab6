using System.Text.Json;
using System.Text.Json.Serialization;

namespace DssPipeline.Sandbox;

/// <summary>The body of a request that sets or updates a secret.</summary>
internal sealed record SecretWish
{
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web);

    public string? Value { get; init; }

    public string? ContentType { get; init; }

    public Dictionary<string, string>? Tags { get; init; }

    public SecretAttributes? Attributes { get; init; }

    /// <summary>Null when the body is no such document.</summary>
    public static async Task<SecretWish?> ReadAsync(Stream body, CancellationToken cancel)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<SecretWish>(body, Form, cancel);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public SecretVersion New(long now) => new()
    {
        Id = Guid.NewGuid().ToString("N"),
        Value = Value!,
        ContentType = ContentType,
        Tags = Tags,
        Enabled = Attributes?.Enabled ?? true,
        NotBefore = Attributes?.NotBefore,
        Expires = Attributes?.Expires,
        Created = now,
        Updated = now,
    };

    public SecretVersion Over(SecretVersion old, long now) => old with
    {
        ContentType = ContentType ?? old.ContentType,
        Tags = Tags ?? old.Tags,
        Enabled = Attributes?.Enabled ?? old.Enabled,
        NotBefore = Attributes?.NotBefore ?? old.NotBefore,
        Expires = Attributes?.Expires ?? old.Expires,
        Updated = now,
    };
}

/// <summary>The attributes a caller may set; times in seconds since 1970.</summary>
internal sealed record SecretAttributes
{
    public bool? Enabled { get; init; }

    [JsonPropertyName("nbf")]
    public long? NotBefore { get; init; }

    [JsonPropertyName("exp")]
    public long? Expires { get; init; }
}
