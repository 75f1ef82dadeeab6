using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>Lays a wish over what was observed, so that what nobody wished for is sent back as it was.</summary>
public static class Overlay
{
    private static readonly string[] Keys = ["name", "lun", "key", "id"];

    /// <summary>Objects are merged; of arrays only the wished items stay, each laid over its twin of the same name or lun.</summary>
    public static JsonNode? Of(JsonNode? below, JsonNode? wish) => (below, wish) switch
    {
        (JsonObject seen, JsonObject wished) => Members(seen, wished),
        (JsonArray seen, JsonArray wished) => new JsonArray([.. wished.Select(item => Of(Twin(seen, item), item))]),
        _ => wish?.DeepClone(),
    };

    /// <summary>Removes what the paths name, at any depth.</summary>
    public static JsonNode Without(JsonNode body, Paths paths) => Without(body, paths, "");

    private static JsonObject Members(JsonObject seen, JsonObject wished)
    {
        var merged = (JsonObject)seen.DeepClone();
        foreach (var (name, value) in wished)
        {
            var spelled = seen.Select(member => member.Key).FirstOrDefault(key => key.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (spelled is not null && spelled != name) merged.Remove(spelled);
            merged[name] = Of(Pointer.Member(seen, name), value);
        }

        return merged;
    }

    private static JsonObject? Twin(JsonArray seen, JsonNode? item) =>
        item is JsonObject wished && Keys.FirstOrDefault(key => wished[key] is JsonValue) is { } key
            ? seen.OfType<JsonObject>().FirstOrDefault(other => string.Equals(other[key]?.ToString(), wished[key]!.ToString(), StringComparison.OrdinalIgnoreCase))
            : null;

    private static JsonNode Without(JsonNode body, Paths paths, string path)
    {
        if (body is JsonObject members)
        {
            foreach (var name in members.Select(member => member.Key).ToList())
            {
                var below = $"{path}/{Pointer.Escape(name)}";
                if (paths.Holds(below)) members.Remove(name);
                else if (members[name] is { } value) Without(value, paths, below);
            }
        }
        else if (body is JsonArray items)
        {
            foreach (var item in items.OfType<JsonNode>()) Without(item, paths, $"{path}/*");
        }

        return body;
    }
}
