using System.Text.Json;
using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Whether what is sent says the same as what is kept: case, order of sets and what is left out do not count.</summary>
internal static class Likeness
{
    private static readonly string[] Keys = ["name", "lun", "id", "value", "objectId", "path"];

    public static bool Covers(JsonNode? sent, JsonNode? kept) => (sent, kept) switch
    {
        (null, _) => true,
        (JsonObject wish, JsonObject there) => wish.All(member => Covers(member.Value, there[member.Key])),
        (JsonObject wish, null) => wish.All(member => Covers(member.Value, null)),
        (JsonArray wish, JsonArray there) => wish.Count == there.Count && wish.All(item => there.Any(other => Twins(item, other) && Covers(item, other))),
        (JsonArray wish, null) => wish.Count == 0,
        (JsonValue wish, JsonValue there) => Same(wish, there),
        (JsonValue wish, null) => wish.GetValueKind() == JsonValueKind.False || (wish.TryGetValue(out string? text) && text.Length == 0),
        _ => false,
    };

    private static bool Twins(JsonNode? left, JsonNode? right) =>
        left is not JsonObject || Keys.FirstOrDefault(key => left[key] is not null) is not { } key || (right is JsonObject && Covers(left[key], right[key]));

    private static bool Same(JsonValue left, JsonValue right)
    {
        if (left.TryGetValue(out string? one) && right.TryGetValue(out string? other)) return one.Equals(other, StringComparison.OrdinalIgnoreCase);
        if (left.GetValueKind() != JsonValueKind.Number || right.GetValueKind() != JsonValueKind.Number) return JsonNode.DeepEquals(left, right);
        return Number(left) == Number(right);
    }

    private static decimal Number(JsonValue value) => decimal.Parse(value.ToJsonString(), System.Globalization.NumberStyles.Float);
}
