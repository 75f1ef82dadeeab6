using System.Text.Json.Nodes;

namespace DssPipeline.Convergence;

/// <summary>Takes the secrets out of a wish before anybody sees it.</summary>
internal static class Hiding
{
    public static JsonNode? Hide(JsonNode? node, Paths hidden, string path = "") => node switch
    {
        null => null,
        _ when hidden.Holds(path) => "(secret)",
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Hide(member.Value, hidden, $"{path}/{Pointer.Escape(member.Key)}")))),
        JsonArray items => new JsonArray([.. items.Select((item, index) => Hide(item, hidden, $"{path}/{index}"))]),
        _ => node.DeepClone(),
    };
}
