using System.Collections;
using System.Text.Json.Nodes;

namespace DssPipeline.Chapters;

/// <summary>The value a key has when nobody states it.</summary>
internal static class Defaults
{
    /// <summary>As JSON; null when there is none, when it is computed, or when the section below says it.</summary>
    public static JsonNode? Json(SectionShape shape, KeyShape key) =>
        key.Required || key.Key.Default is not null || key is { IsSection: true, Kind: KeyKind.One } ? null : Node(key, key.Read(shape.Blank()));

    /// <summary>In words, for people.</summary>
    public static string Words(SectionShape shape, KeyShape key)
    {
        if (key.Key.Default is { } words) return words;
        if (key.Required) return "";
        return Json(shape, key) switch
        {
            null => key is { IsSection: true, Kind: KeyKind.One } && key.Read(shape.Blank()) is not null ? "as below" : "none",
            JsonArray { Count: 0 } or JsonObject { Count: 0 } => "none",
            JsonArray items => string.Join(", ", items.Select(item => Inline(item!))),
            var value => Inline(value),
        };
    }

    private static string Inline(JsonNode value) => value switch
    {
        JsonObject members => string.Join(", ", members.Select(member => $"`{member.Key}: {member.Value}`")),
        JsonValue text when text.TryGetValue(out string? empty) && empty.Length == 0 => "empty",
        _ => $"`{value}`",
    };

    private static JsonNode? Node(KeyShape key, object? value) => value switch
    {
        null => null,
        JsonNode node => node.DeepClone(),
        string text => text,
        bool on => on,
        int number => number,
        double number => number,
        Enum name => KeyShape.Camel(name.ToString()),
        IReadOnlyDictionary<string, string> map => new JsonObject(map.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
        IEnumerable items => new JsonArray([.. items.Cast<object>().Select(item => key.IsSection ? Stated(key.Section, item) : Node(key, item))]),
        _ => null,
    };

    /// <summary>Of a section only what differs from its own defaults.</summary>
    private static JsonObject Stated(SectionShape shape, object section)
    {
        var blank = shape.Blank();
        var stated = shape.Keys.Select(key => (key.Name, Value: Node(key, key.Read(section)), Default: Node(key, key.Read(blank))));
        return new(stated.Where(pair => !JsonNode.DeepEquals(pair.Value, pair.Default)).Select(pair => KeyValuePair.Create(pair.Name, pair.Value)));
    }
}
