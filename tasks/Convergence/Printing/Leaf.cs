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
        if (Reference.TryRead(node, out var id, out _)) return $"(known after {id})";

        var text = node is JsonValue value && value.TryGetValue(out string? plain) ? plain : node.ToJsonString(Relaxed);
        return text.Length == 0 ? "\"\"" : text.Length > Longest ? $"{text[..Longest]}…" : text;
    }
}
