using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DssPipeline.Convergence;

/// <summary>How one value is written for people.</summary>
internal static class Leaf
{
    private const int Longest = 100;

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Text(JsonNode? node)
    {
        if (node is null) return "(absent)";

        var told = Told(node)!;
        var text = Harmless.Of(told is JsonValue value && value.TryGetValue(out string? plain) ? plain : told.ToJsonString(Relaxed));
        return text.Length == 0 ? "\"\"" : text.Length > Longest ? $"{text[..Longest]}…" : text;
    }

    /// <summary>The value with every reference in it told in words.</summary>
    private static JsonNode? Told(JsonNode? node) => node switch
    {
        _ when Reference.TryRead(node, out var id, out _) => $"(known after {id})",
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Told(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Told)]),
        null => null,
        _ => node.DeepClone(),
    };
}
