using System.Text.Json.Nodes;

namespace DssPipeline.Convergence;

/// <summary>A leaf of a wish that only a remote can fill: a path in what was observed of another resource.</summary>
public static class Reference
{
    private const string Key = "$reference";

    /// <summary>The value at JSON pointer <paramref name="path"/> of the observed <paramref name="id"/>.</summary>
    public static JsonNode To(ResourceId id, string path) => new JsonObject { [Key] = $"{id}#{path}" };

    /// <summary>True when the node is a reference; then its target and path are told.</summary>
    public static bool TryRead(JsonNode? node, out ResourceId id, out string path)
    {
        (id, path) = (default, "");
        if (node is not JsonObject { Count: 1 } only || only[Key] is not JsonValue value || !value.TryGetValue(out string? text)) return false;

        // A name may hold a #; a path is empty or begins with a slash.
        var border = text.IndexOf("#/", StringComparison.Ordinal) is >= 0 and var before ? before : text.Length - 1;
        if (border < 0 || text[border] != '#' || !ResourceId.TryParse(text[..border], out id)) return false;

        path = text[(border + 1)..];
        return true;
    }

    /// <summary>Every resource that a wish names, each once, in order of appearance.</summary>
    public static IReadOnlyList<ResourceId> In(JsonNode? wish) => [.. Walk(wish).Select(reference => reference.Id).Distinct()];

    /// <summary>Every value that a wish takes from elsewhere.</summary>
    internal static IReadOnlyList<(ResourceId Id, string Path)> All(JsonNode? wish) => [.. Walk(wish)];

    private static IEnumerable<(ResourceId Id, string Path)> Walk(JsonNode? node) =>
        TryRead(node, out var id, out var path) ? [(id, path)]
        : node switch
        {
            JsonObject members => members.SelectMany(member => Walk(member.Value)),
            JsonArray items => items.SelectMany(Walk),
            _ => [],
        };
}
