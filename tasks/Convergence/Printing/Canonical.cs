using System.Text.Json.Nodes;

namespace DssPipeline.Convergence;

/// <summary>One spelling for all JSON that means the same: members by name, sets by content.</summary>
internal static class Canonical
{
    public static string Of(JsonNode? node, Paths unordered, string path) => node switch
    {
        JsonObject members => $"{{{string.Join(',', members.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => Member(member, unordered, path)))}}}",
        JsonArray items => $"[{string.Join(',', Items(items, unordered, path))}]",
        null => "null",
        _ => node.ToJsonString(),
    };

    private static string Member(KeyValuePair<string, JsonNode?> member, Paths unordered, string path) =>
        $"{JsonValue.Create(member.Key).ToJsonString()}:{Of(member.Value, unordered, $"{path}/{Pointer.Escape(member.Key)}")}";

    private static IEnumerable<string> Items(JsonArray items, Paths unordered, string path)
    {
        var written = items.Select(item => Of(item, unordered, $"{path}/*"));
        return unordered.Holds(path) ? written.Order(StringComparer.Ordinal) : written;
    }
}
