using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>The licence of an instance, from config/license.json; without one it is the Free Edition, whose API is closed.</summary>
internal sealed class DssLicense(DssDataDirectory data)
{
    private const string File = "config/license.json";

    /// <summary>Whether a licence is there, can be read, and has not ended.</summary>
    public JsonObject Status
    {
        get
        {
            var license = Read();
            var expired = ExpiresOn(license) is { } end && end < DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
            return new JsonObject
            {
                ["base"] = new JsonObject
                {
                    ["hasLicense"] = license is not null,
                    ["valid"] = license is not null && !expired,
                    ["expired"] = expired,
                    ["expiresOn"] = ExpiresOn(license)?.ToString("yyyyMMdd", CultureInfo.InvariantCulture),
                    ["userProfiles"] = new JsonArray("FULL_DESIGNER", "DESIGNER", "DATA_SCIENTIST", "READER"),
                },
            };
        }
    }

    public bool OpensApi => (bool)Status["base"]!["valid"]!;

    /// <summary>Keeps what it is given, and says nothing when it cannot be read: as the real one.</summary>
    public void Set(string text) => data.WriteText(File, text);

    private JsonObject? Read()
    {
        try
        {
            return data.Read(File) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static DateOnly? ExpiresOn(JsonObject? license) =>
        (license?["content"] ?? license)?["expiresOn"] is JsonValue value && DateOnly.TryParseExact(value.ToString(), ["yyyyMMdd", "yyyy-MM-dd"], out var day) ? day : null;
}
