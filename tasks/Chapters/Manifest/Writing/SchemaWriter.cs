using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DssPipeline.Chapters;

/// <summary>Writes the JSON Schema of the manifest, which lets editors complete and check it, from the same model the reader uses.</summary>
public static class SchemaWriter
{
    private const string Sourced = @"\$\{(env|file):[^}]+\}";

    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    /// <summary>The schema as the text of docs/manifest.schema.json.</summary>
    public static string Text() => Schema().ToJsonString(Layout) + "\n";

    /// <summary>The schema (draft 2020-12).</summary>
    public static JsonObject Schema()
    {
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "Manifest of a DSS deployment",
            ["description"] = "Everything the reader checks that a schema can say; the reader checks more.",
        };
        foreach (var (name, value) in Section(SectionShape.Root).ToList()) schema[name] = value?.DeepClone();

        schema["properties"]![EnvironmentOverlay.Key] = Environments();
        schema["$defs"] = new JsonObject(Types(SectionShape.Root).Skip(1).Select(shape => KeyValuePair.Create(NameOf(shape.Type), (JsonNode?)Section(shape))));
        return schema;
    }

    private static JsonObject Section(SectionShape shape) => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject(shape.Keys.Select(key => KeyValuePair.Create(key.Name, (JsonNode?)Key(shape, key)))),
        ["required"] = new JsonArray([.. shape.Keys.Where(key => key.Required).Select(key => (JsonNode)key.Name)]),
        ["additionalProperties"] = false,
    };

    private static JsonObject Key(SectionShape shape, KeyShape key)
    {
        var schema = key.Kind switch
        {
            KeyKind.List => new JsonObject { ["type"] = "array", ["items"] = One(key) },
            KeyKind.Map => Map(key),
            KeyKind.Json => new JsonObject { ["type"] = "object" },
            _ => One(key),
        };
        schema.Insert(0, "description", key.IsSection ? key.Key.Description : $"{key.Key.Description} {Words.Effect(key.Key.Effect)}.");
        if (Defaults.Json(shape, key) is { } value) schema["default"] = value;
        return schema;
    }

    private static JsonObject Map(KeyShape key)
    {
        var schema = new JsonObject { ["type"] = "object", ["additionalProperties"] = new JsonObject { ["type"] = "string" } };
        if (Forms.Of(key.Key.Form) is { } rule) schema["propertyNames"] = new JsonObject { ["pattern"] = rule.Pattern };
        return schema;
    }

    private static JsonObject One(KeyShape key)
    {
        if (key.IsSection) return new() { ["$ref"] = $"#/$defs/{NameOf(key.Type)}" };
        if (key.Type == typeof(SecretValue)) return new() { ["type"] = "string", ["pattern"] = @"^\$\{(env|file|keyvault):[^}]+\}$" };

        var own = Own(key);
        return own.Count == 1 && key.Type == typeof(string)
            ? own
            : new() { ["anyOf"] = new JsonArray(own, new JsonObject { ["type"] = "string", ["pattern"] = Sourced }) };
    }

    private static JsonObject Own(KeyShape key)
    {
        if (key.Type == typeof(bool)) return new() { ["type"] = "boolean" };
        if (key.Type == typeof(int) || key.Type == typeof(double)) return Number(key);
        if (key.Values is not []) return new() { ["type"] = "string", ["enum"] = new JsonArray([.. key.Values.Select(value => (JsonNode)value)]) };

        var text = new JsonObject { ["type"] = "string" };
        if (Forms.Of(key.Key.Form) is not { } rule) return text;

        text["pattern"] = key.Key.Also is { } word ? $"^{word}$|{rule.Pattern}" : rule.Pattern;
        return text;
    }

    private static JsonObject Number(KeyShape key)
    {
        var schema = new JsonObject { ["type"] = key.Type == typeof(int) ? "integer" : "number" };
        if (double.IsFinite(key.Key.Min)) schema["minimum"] = key.Key.Min;
        if (double.IsFinite(key.Key.Max)) schema["maximum"] = key.Key.Max;
        return schema;
    }

    private static JsonObject Environments() => new()
    {
        ["description"] = "What differs in each environment; --environment NAME lays it over the rest.",
        ["type"] = "object",
        ["additionalProperties"] = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject(SectionShape.Root.Keys.Select(key => KeyValuePair.Create(key.Name, (JsonNode?)true))),
            ["additionalProperties"] = false,
        },
    };

    /// <summary>The section types, each once, in the order they are met.</summary>
    private static IEnumerable<SectionShape> Types(SectionShape shape) =>
        shape.Keys.Where(key => key.IsSection).SelectMany(key => Types(key.Section)).Prepend(shape).Distinct();

    private static string NameOf(Type type) => KeyShape.Camel(type.Name.Replace("Section", "", StringComparison.Ordinal));
}
