using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>Documents of DSS with lists in them whose items are told apart by a name: wishes meet them item by item.</summary>
internal static class NamedItems
{
    private static readonly string[] Keys = ["name", "key", "id"];

    /// <summary>Of what is there, what the wish speaks of.</summary>
    public static JsonNode? Within(JsonNode? seen, JsonNode? wish) => (seen, wish) switch
    {
        (JsonObject there, JsonObject wished) => new JsonObject(wished.Select(member => KeyValuePair.Create(member.Key, Within(Pointer.Member(there, member.Key), member.Value)))),
        (JsonArray there, JsonArray wished) when KeyOf(wished) is { } key => new JsonArray([.. wished.Select(item => (item, Twin: Twin(there, key, item))).Where(pair => pair.Twin is not null).Select(pair => Within(pair.Twin, pair.item))]),
        _ => seen?.DeepClone(),
    };

    /// <summary>Lays the wish over what is there: members are merged, named items laid over their twins or added; nothing is taken away.</summary>
    public static void Lay(JsonObject there, JsonObject wish)
    {
        foreach (var (name, value) in wish)
        {
            if (value is JsonObject members && there[name] is JsonObject below) Lay(below, members);
            else if (value is JsonArray items && there[name] is JsonArray list && KeyOf(items) is { } key) Lay(list, key, items);
            else there[name] = value?.DeepClone();
        }
    }

    /// <summary>The pointer of every value that is wished, of items by their names; nothing and an empty string are what a server may leave out.</summary>
    public static IReadOnlyList<string> Pointers(JsonNode? wish, string path) => wish switch
    {
        JsonObject members => [.. members.SelectMany(member => Pointers(member.Value, $"{path}/{Pointer.Escape(member.Key)}"))],
        JsonArray items when KeyOf(items) is { } key => [.. items.SelectMany(item => Pointers(item, $"{path}/{Pointer.Escape(item![key]!.ToString())}"))],
        null or JsonArray { Count: 0 } => [],
        JsonValue value when value.TryGetValue(out string? text) && text.Length == 0 => [],
        _ => [path],
    };

    /// <summary>The list at a pointer, made where it is missing.</summary>
    public static JsonArray ListAt(JsonObject document, string pointer)
    {
        var (holder, names) = (document, pointer.Split('/')[1..]);
        foreach (var name in names[..^1])
        {
            if (holder[name] is not JsonObject below) holder[name] = below = [];
            holder = below;
        }

        if (holder[names[^1]] is not JsonArray list) holder[names[^1]] = list = [];
        return list;
    }

    private static void Lay(JsonArray list, string key, JsonArray items)
    {
        foreach (var item in items.OfType<JsonObject>())
        {
            if (Twin(list, key, item) is { } twin) Lay(twin, item);
            else list.Add(item.DeepClone());
        }
    }

    private static JsonObject? Twin(JsonArray list, string key, JsonNode? item) =>
        list.OfType<JsonObject>().FirstOrDefault(other => other[key]?.ToString() is { } name && name == item![key]?.ToString());

    private static string? KeyOf(JsonArray items) =>
        items.Count == 0 ? null : Array.Find(Keys, key => items.All(item => item is JsonObject members && members[key] is JsonValue));
}
