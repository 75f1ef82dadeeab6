using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>Where two looks at one document differ.</summary>
internal static class DssMoves
{
    private const string Sealed = "e:AES:";

    /// <summary>Every pointer at which they differ, save where both show a secret that DSS encrypted.</summary>
    public static IEnumerable<string> Between(JsonNode? before, JsonNode? after, string path = "") => (before, after) switch
    {
        _ when JsonNode.DeepEquals(before, after) => [],
        (JsonObject one, JsonObject other) => one.Concat(other).Select(member => member.Key).Distinct(StringComparer.Ordinal).SelectMany(name => Between(one[name], other[name], $"{path}/{Pointer.Escape(name)}")),
        (JsonArray one, JsonArray other) when one.Count == other.Count => Enumerable.Range(0, one.Count).SelectMany(index => Between(one[index], other[index], $"{path}/{index}")),
        _ when IsSealed(before) && IsSealed(after) => [],
        _ => [path],
    };

    private static bool IsSealed(JsonNode? value) => value is JsonValue text && text.ToString().StartsWith(Sealed, StringComparison.Ordinal);
}
