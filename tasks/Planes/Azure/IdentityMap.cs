using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>
/// Azure keys a thing's identities by id (<c>{"/subscriptions/…/id-dss": {}}</c>), where neither a reference nor a comparison can reach.
/// Between wish and wire they are keyed by name instead: <c>{"id-dss": "/subscriptions/…/id-dss"}</c>.
/// </summary>
internal static class IdentityMap
{
    public const string Member = "userAssignedIdentities";

    /// <summary>Keys identities by name, whichever way they were keyed.</summary>
    public static JsonNode ByName(JsonNode body) => Rekey(body, (key, value) => key.StartsWith('/') ? new(key[(key.LastIndexOf('/') + 1)..], key) : new(key, value?.DeepClone()));

    /// <summary>Keys identities by id, as Azure wants them.</summary>
    public static JsonNode ById(JsonNode body) => Rekey(body, (key, value) => key.StartsWith('/') ? new(key, new JsonObject()) : new($"{value}", new JsonObject()));

    private static JsonNode Rekey(JsonNode body, Func<string, JsonNode?, KeyValuePair<string, JsonNode?>> entry)
    {
        if (Pointer.At(body, "/identity") is JsonObject identity && identity[Member] is JsonObject map)
        {
            identity[Member] = new JsonObject(map.Select(pair => entry(pair.Key, pair.Value)).DistinctBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase));
        }

        return body;
    }
}
