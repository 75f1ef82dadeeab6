using System.Text.Json.Nodes;

namespace DssPipeline.Convergence;

/// <summary>The member by which the objects of an array are told apart.</summary>
internal sealed record ItemKey(string Member)
{
    private static readonly string[] Members = ["name", "key", "lun", "id"];

    /// <summary>The first member that every item of both arrays has and no two items of one array share.</summary>
    public static ItemKey? Of(JsonArray wish, JsonArray seen) =>
        Members.Select(member => new ItemKey(member)).FirstOrDefault(key => key.TellsApart(wish) && key.TellsApart(seen));

    /// <summary>Every name by which the item might be known.</summary>
    public static IReadOnlyList<string> Names(JsonNode? item) =>
        [.. Members.Select(member => new ItemKey(member).Value(item)).Where(name => name.Length > 0)];

    public string Value(JsonNode? item) => Sameness.Text(Pointer.Member(item as JsonObject, Member));

    /// <summary>What is left to compare of an item whose key has matched, as keys do in any case.</summary>
    public JsonObject Without(JsonNode? item) =>
        new(item!.AsObject().Where(member => !string.Equals(member.Key, Member, StringComparison.OrdinalIgnoreCase)).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));

    private bool TellsApart(JsonArray items) =>
        items.All(item => item is JsonObject members && Pointer.Member(members, Member) is JsonValue)
        && items.DistinctBy(Value, StringComparer.OrdinalIgnoreCase).Count() == items.Count;
}
