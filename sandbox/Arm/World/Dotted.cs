using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Paths into documents: <c>a.b</c>, <c>a[].b</c> for each element, <c>a?.b</c> only where a is there.</summary>
internal static class Dotted
{
    public static JsonNode? Read(JsonNode? root, string path)
    {
        foreach (var name in path.Split('.'))
        {
            root = (root as JsonObject)?[name];
            if (root is null) return null;
        }

        return root;
    }

    public static string? Text(JsonNode? root, string path) => Read(root, path) is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    public static bool True(JsonNode? root, string path) => Read(root, path) is JsonValue value && value.TryGetValue(out bool truth) && truth;

    public static int? Number(JsonNode? root, string path) => Read(root, path) is JsonValue value && value.GetValueKind() == System.Text.Json.JsonValueKind.Number ? (int)Math.Clamp(decimal.Parse(value.ToJsonString(), System.Globalization.NumberStyles.Float), int.MinValue, int.MaxValue) : null;

    public static IEnumerable<JsonObject> Items(JsonNode? root, string path) => Read(root, path) is JsonArray items ? items.OfType<JsonObject>() : [];

    public static void Write(JsonObject root, string path, JsonNode? value)
    {
        var names = path.Split('.');
        foreach (var name in names[..^1])
        {
            if (root[name] is not JsonObject) root[name] = new JsonObject();
            root = (JsonObject)root[name]!;
        }

        root[names[^1]] = value;
    }

    /// <summary>Cuts a value out.</summary>
    public static JsonNode? Take(JsonObject root, string path)
    {
        var dot = path.LastIndexOf('.');
        var holder = dot < 0 ? root : Read(root, path[..dot]) as JsonObject;
        var name = path[(dot + 1)..];
        var value = holder?[name];
        holder?.Remove(name);
        return value;
    }

    /// <summary>The objects that hold, or should hold, the last name of a path.</summary>
    public static IEnumerable<(JsonObject Holder, string Name)> Places(JsonObject root, string path)
    {
        var dot = path.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0) return [(root, path)];

        var (first, rest) = (path[..dot], path[(dot + 1)..]);
        if (first.EndsWith("[]", StringComparison.Ordinal)) return Items(root, first[..^2]).SelectMany(item => Places(item, rest));
        if (first[^1] == '?') return root[first[..^1]] is JsonObject there ? Places(there, rest) : [];
        if (root[first] is not JsonObject) root[first] = new JsonObject();
        return Places((JsonObject)root[first]!, rest);
    }

    /// <summary>Every text in a document with its path; names of maps count as texts too.</summary>
    public static IEnumerable<(string Path, string Text)> Texts(JsonNode? node, string path = "")
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, value) in members)
                {
                    if (name.StartsWith('/')) yield return (path, name);
                    foreach (var found in Texts(value, path.Length == 0 ? name : $"{path}.{name}")) yield return found;
                }

                break;
            case JsonArray items:
                for (var index = 0; index < items.Count; index++)
                {
                    foreach (var found in Texts(items[index], $"{path}[{index}]")) yield return found;
                }

                break;
            case JsonValue value when value.TryGetValue(out string? text):
                yield return (path, text);
                break;
        }
    }
}
