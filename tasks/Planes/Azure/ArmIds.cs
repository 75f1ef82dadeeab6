using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>Finds the values of a wish that are ARM ids, which Azure gives back in any case it likes.</summary>
internal static class ArmIds
{
    /// <summary>Paths of all ids in the wish; <c>*</c> stands for the place in an array.</summary>
    public static IEnumerable<string> Paths(JsonNode? wish) => Walk("", wish).Distinct(StringComparer.Ordinal);

    private static IEnumerable<string> Walk(string path, JsonNode? node) =>
        IsId(node) ? [path] : node switch
        {
            JsonObject members => members.SelectMany(member => Walk($"{path}/{Pointer.Escape(member.Key)}", member.Value)),
            JsonArray items => items.SelectMany(item => Walk($"{path}/*", item)),
            _ => [],
        };

    private static bool IsId(JsonNode? node) =>
        Reference.TryRead(node, out _, out var path)
            ? path.EndsWith("/id", StringComparison.OrdinalIgnoreCase)
            : node is JsonValue value && value.TryGetValue(out string? text) && IsId(text);

    private static bool IsId(string text) =>
        text.StartsWith("/subscriptions/", StringComparison.OrdinalIgnoreCase) || text.StartsWith("/providers/", StringComparison.OrdinalIgnoreCase);
}
