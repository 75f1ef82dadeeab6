using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DssPipeline.Sandbox;

/// <summary>Values the service makes up: <c>{guid}</c>, <c>{hex}</c>, <c>{now}</c>, or takes from what it knows: <c>{name}</c>, <c>{location}</c>, <c>{caller}</c>.</summary>
internal static partial class Template
{
    private static readonly string[] Made = ["{guid}", "{hex", "{now}", "{public-ip}", "{epoch}", "{caller}"];

    /// <summary>Such a value is made once and stays.</summary>
    public static bool IsMade(string json) => Made.Any(word => json.Contains(word, StringComparison.Ordinal));

    public static JsonNode? Make(string json, Write write)
    {
        if (json == "\"{epoch}\"") return write.World.Now.ToUnixTimeSeconds();
        if (!json.Contains('{', StringComparison.Ordinal)) return JsonNode.Parse(json);
        return JsonNode.Parse(Word().Replace(json, match => JsonEncodedText.Encode(Value(match.Groups["word"].Value, write), JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString()));
    }

    private static string Value(string word, Write write) => word switch
    {
        "guid" => Guid.NewGuid().ToString(),
        "hex" => Hex(32),
        "hex8" => Hex(8),
        "hex16" => Hex(16).ToUpperInvariant(),
        "hex24" => Hex(24),
        "now" => write.World.Timestamp,
        "public-ip" => $"20.{RandomNumberGenerator.GetInt32(1, 255)}.{RandomNumberGenerator.GetInt32(1, 255)}.{RandomNumberGenerator.GetInt32(1, 255)}",
        "counter" => (Dotted.Text(write.Existing?.Document, "etag") is { } etag && int.TryParse(etag.Trim('"'), out var number) ? number + 1 : 1).ToString(),
        "name" => write.Id.Name,
        "name:lower" => write.Id.Name.ToLowerInvariant(),
        "rg" => write.Id.Group ?? "",
        "location" => Dotted.Text(write.Document, "location") ?? "",
        "tenant" => write.World.Options.TenantId,
        "caller" => write.Caller,
        "scope" => write.Id.Parent?.Text ?? "/",
        "sku" => Dotted.Text(write.Document, "sku.name") ?? "",
        "dns" => Dotted.Text(write.Document, "properties.dnsPrefix") ?? write.Id.Name,
        _ => throw new FormatException($"{{{word}}} is no word of a template"),
    };

    private static string Hex(int length) => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(length / 2));

    [GeneratedRegex(@"\{(?<word>[a-z][a-z0-9:-]*)\}", RegexOptions.ExplicitCapture, 200)]
    private static partial Regex Word();
}
