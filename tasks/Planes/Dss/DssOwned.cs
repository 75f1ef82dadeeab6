using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>Compares what was written with what was read back, where it is ours.</summary>
public static class DssOwned
{
    private static readonly string[] Keys = ["name", "key", "id"];

    private static readonly Comparison Unordered = Comparison.Plain with { Unordered = ["/value"] };

    /// <summary>The node at the pointer, in which an item of a list is named by its name, key or id, or else by its place.</summary>
    public static JsonNode? At(JsonNode? root, string pointer) =>
        pointer.Split('/').Skip(1).Select(Pointer.Unescape).Aggregate(root, (node, segment) => node switch
        {
            JsonObject members => Pointer.Member(members, segment),
            JsonArray items => Item(items, segment),
            _ => null,
        });

    /// <summary>Every pointer at which something else was read back.</summary>
    internal static IReadOnlyList<string> Lost(IEnumerable<string> owned, JsonObject written, JsonObject? found) =>
        [.. owned.SelectMany(pointer => Between(pointer, At(written, pointer), At(found, pointer)))];

    private static IEnumerable<string> Between(string pointer, JsonNode? written, JsonNode? found)
    {
        if (written is null) return found is null ? [] : [pointer];

        return Unordered.Differences(Boxed(written), Boxed(found)).Select(difference => pointer + difference.Path["/value".Length..]);
    }

    private static JsonObject Boxed(JsonNode? value) => new() { ["value"] = value?.DeepClone() };

    private static JsonNode? Item(JsonArray items, string segment) =>
        items.FirstOrDefault(item => item is JsonObject members && Array.Exists(Keys, key => members[key]?.ToString() == segment))
        ?? (int.TryParse(segment, out var index) && index >= 0 && index < items.Count ? items[index] : null);
}
