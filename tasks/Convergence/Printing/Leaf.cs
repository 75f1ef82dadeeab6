using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DssPipeline.Convergence;

/// <summary>How one value is written for people.</summary>
internal static class Leaf
{
    private const int Longest = 100;
    private const int Before = 30;

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Text(JsonNode? node) => Short(Plain(node), 0);

    /// <summary>Two values that differ, so that the difference shows: as JSON where the plain form is the same, from where they part where that lies far behind.</summary>
    public static (string Before, string After) Pair(JsonNode? before, JsonNode? after)
    {
        var (old, now) = (Plain(before), Plain(after));
        if (old == now) (old, now) = (Exact(before), Exact(after));

        var parting = old.Zip(now).TakeWhile(pair => pair.First == pair.Second).Count();
        var from = parting > Longest - Before ? parting - Before : 0;
        return (Short(old, from), Short(now, from));
    }

    private static string Short(string text, int from)
    {
        var rest = from == 0 ? text : $"…{text[from..]}";
        return rest.Length > Longest ? $"{rest[..Longest]}…" : rest;
    }

    private static string Plain(JsonNode? node)
    {
        var text = node is JsonValue value && value.TryGetValue(out string? plain) ? Harmless.Of(plain) : Exact(node);
        return text.Length == 0 ? "\"\"" : text;
    }

    private static string Exact(JsonNode? node) => Told(node) switch
    {
        null => "(absent)",
        JsonValue told when Reference.TryRead(node, out _, out _) => told.GetValue<string>(),
        var told => Harmless.Of(told.ToJsonString(Relaxed)),
    };

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
