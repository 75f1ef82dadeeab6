using System.Text.Json.Nodes;

namespace DssPipeline.Convergence;

/// <summary>Fills the references of a wish with what was observed.</summary>
internal static class Filling
{
    /// <summary>The wish with every reference replaced whose value is known; the others stay as they are.</summary>
    public static JsonNode? Fill(JsonNode? wish, Func<ResourceId, JsonNode?> observed)
    {
        if (Reference.TryRead(wish, out var id, out var path)) return (Pointer.At(observed(id), path) ?? wish)?.DeepClone();

        return wish switch
        {
            JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Fill(member.Value, observed)))),
            JsonArray items => new JsonArray([.. items.Select(item => Fill(item, observed))]),
            JsonValue value => value.DeepClone(),
            _ => null,
        };
    }
}
