using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>What every object has.</summary>
internal static class Metadata
{
    public static JsonObject Of(JsonObject subject)
    {
        if (subject["metadata"] is not JsonObject metadata) subject["metadata"] = metadata = [];
        return metadata;
    }

    public static string Name(JsonObject subject) => Text(subject, "name") ?? "";

    public static string? Text(JsonObject subject, string member) => (subject["metadata"] as JsonObject)?[member] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    public static string? Label(JsonObject subject, string name) => Labels(subject)?[name]?.ToString();

    public static JsonObject? Labels(JsonObject subject) => subject["metadata"]?["labels"] as JsonObject;

    public static bool IsGoing(JsonObject subject) => Text(subject, "deletionTimestamp") is not null;

    public static string Time(DateTimeOffset now) => now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ");
}
