using System.Text.Json.Nodes;

namespace DssPipeline.Convergence;

/// <summary>Takes the secrets out of a value before anybody sees it.</summary>
internal static class Hiding
{
    public const string Mask = "(secret)";

    public static JsonNode? Hide(JsonNode? node, Paths hidden, string path = "") => node switch
    {
        null => null,
        _ when hidden.IsEmpty => node.DeepClone(),
        _ when hidden.Holds(path) => Mask,
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Hide(member.Value, hidden, $"{path}/{Pointer.Escape(member.Key)}")))),
        JsonArray items => new JsonArray([.. items.Select((item, index) => HideItem(item, hidden, path, index))]),
        _ => node.DeepClone(),
    };

    /// <summary>An item is known by its place and by its key; either may be what the path of a secret names.</summary>
    private static JsonNode? HideItem(JsonNode? item, Paths hidden, string path, int index)
    {
        var names = ItemKey.Names(item).Prepend($"{index}");
        return names.Aggregate(item, (rest, name) => Hide(rest, hidden, $"{path}/{Pointer.Escape(name)}"));
    }
}
