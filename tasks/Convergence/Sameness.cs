using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DssPipeline.Convergence;

/// <summary>Whether two leaves mean the same to the remote.</summary>
internal sealed class Sameness(Comparison comparison)
{
    public bool Of(string path, JsonNode? desired, JsonNode? observed)
    {
        if (IsNothing(desired) || IsNothing(observed)) return IsNothing(desired) && IsNothing(observed);
        if (JsonNode.DeepEquals(desired, observed)) return true;
        if (Number(desired) is { } wished && Number(observed) is { } seen) return wished == seen;
        return comparison.Folded.Holds(path) && desired is JsonValue && observed is JsonValue && Fold(desired) == Fold(observed);
    }

    public static string Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : node?.ToJsonString() ?? "";

    /// <summary>Remotes spell "nothing" in five ways that mean the same.</summary>
    private static bool IsNothing(JsonNode? node) => node switch
    {
        null => true,
        JsonArray items => items.Count == 0,
        JsonObject members => members.Count == 0,
        JsonValue value => value.TryGetValue(out string? text) && text.Length == 0,
        _ => false,
    };

    private static decimal? Number(JsonNode? node) =>
        node?.GetValueKind() is JsonValueKind.Number && decimal.TryParse(node.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Fold(JsonNode node) => string.Concat(Text(node).Where(letter => !char.IsWhiteSpace(letter))).ToUpperInvariant();
}
