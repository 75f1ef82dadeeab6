using System.Text.Json;
using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>What a document of DSS may hold: a JSON that shows each known field with its default. A name with ? has none, and "*" stands for anything.</summary>
internal sealed class DssShape(JsonNode shape)
{
    private const string Anything = "*";

    public static DssShape Read(params IEnumerable<string> names)
    {
        var whole = new JsonObject();
        foreach (var part in names.Select(name => JsonNode.Parse(MachineImage.Text($"dss/{name}.json"))!.AsObject()))
        {
            foreach (var (key, value) in part) whole[key] = value?.DeepClone();
        }

        return new DssShape(whole);
    }

    /// <summary>The document as DSS keeps it: without what it does not know, with a default where something is missing.</summary>
    public JsonObject Fit(JsonObject document, DssHabits habits) => (JsonObject)Fit(shape, document, habits.KeepsUnknown, "")!;

    private static JsonNode? Fit(JsonNode shape, JsonNode? value, bool keep, string path) => shape switch
    {
        JsonValue known when IsAnything(known) => value?.DeepClone(),
        JsonObject known => Object(known, value, keep, path),
        JsonArray known => Array(known, value, keep, path),
        _ => value is JsonObject or JsonArray ? throw Wrong(path, "a value", value) : value?.DeepClone() ?? shape.DeepClone(),
    };

    private static JsonObject Object(JsonObject shape, JsonNode? value, bool keep, string path)
    {
        if (value is not (null or JsonObject)) throw Wrong(path, "BEGIN_OBJECT", value);

        var given = value as JsonObject ?? [];
        var fitted = new JsonObject();
        foreach (var (key, known) in shape)
        {
            var name = key.TrimEnd('?');
            if (given[name] is null && (key != name || (known is JsonValue scalar && IsAnything(scalar)))) continue;
            fitted[name] = Fit(known!, given[name], keep, $"{path}.{name}");
        }

        foreach (var (key, other) in given.Where(pair => keep && !fitted.ContainsKey(pair.Key))) fitted[key] = other?.DeepClone();
        return fitted;
    }

    private static JsonArray Array(JsonArray shape, JsonNode? value, bool keep, string path)
    {
        if (value is not (null or JsonArray)) throw Wrong(path, "BEGIN_ARRAY", value);

        var given = value as JsonArray ?? [];
        return [.. given.Select((item, i) => shape.Count == 0 ? item?.DeepClone() : Fit(shape[0]!, item, keep, $"{path}[{i}]"))];
    }

    private static bool IsAnything(JsonValue value) => value.GetValueKind() == JsonValueKind.String && (string?)value == Anything;

    private static DssRefusal Wrong(string path, string expected, JsonNode value) =>
        new(400, "com.google.gson.JsonSyntaxException", $"java.lang.IllegalStateException: Expected {expected} but was {value.GetValueKind().ToString().ToUpperInvariant()} at path ${path}");
}
