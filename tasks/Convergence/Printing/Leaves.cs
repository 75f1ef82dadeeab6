using System.Text.Json.Nodes;

namespace DssPipeline.Convergence;

/// <summary>The leaves of a wish with their paths.</summary>
internal static class Leaves
{
    public static IEnumerable<(string Path, JsonNode? Value)> Of(JsonNode? node, string path = "") => node switch
    {
        JsonObject members when !Reference.TryRead(members, out _, out _) => members.SelectMany(member => Of(member.Value, $"{path}/{Pointer.Escape(member.Key)}")),
        JsonArray items => items.SelectMany((item, index) => Of(item, $"{path}/{index}")),
        _ => [(path, node)],
    };
}
