using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace DssPipeline.Chapters.Tests;

/// <summary>As much of JSON Schema as the schema of the manifest uses, read independently of its writer.</summary>
internal sealed class SchemaCheck(JsonObject schema)
{
    /// <summary>What of a YAML text the schema does not allow.</summary>
    public IEnumerable<string> Broken(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return Broken(Json(stream.Documents[0].RootNode), schema, "");
    }

    public IEnumerable<string> Broken(JsonNode? value, JsonObject rule) => Broken(value, rule, "");

    private IEnumerable<string> Broken(JsonNode? value, JsonNode rule, string at)
    {
        if (rule is not JsonObject members) return [];
        if (members["$ref"] is { } reference) return Broken(value, schema["$defs"]![reference.GetValue<string>().Split('/')[^1]]!, at);
        if (members["anyOf"] is JsonArray ways) return ways.Any(way => !Broken(value, way!, at).Any()) ? [] : Broken(value, ways[0]!, at);

        return [.. Type(value, members, at), .. Text(value, members, at), .. Number(value, members, at), .. Items(value, members, at), .. Members(value, members, at)];
    }

    private static IEnumerable<string> Type(JsonNode? value, JsonObject rule, string at)
    {
        var type = rule["type"]?.GetValue<string>();
        var fits = type switch
        {
            null => true,
            "object" => value is JsonObject,
            "array" => value is JsonArray,
            "boolean" => value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
            "integer" => value?.GetValueKind() is JsonValueKind.Number && double.IsInteger(double.Parse(value.ToJsonString())),
            "number" => value?.GetValueKind() is JsonValueKind.Number,
            _ => value?.GetValueKind() is JsonValueKind.String,
        };
        return fits ? [] : [$"{at} is no {type}"];
    }

    private static IEnumerable<string> Text(JsonNode? value, JsonObject rule, string at)
    {
        if (value?.GetValueKind() is not JsonValueKind.String) yield break;

        var text = value.GetValue<string>();
        if (rule["pattern"] is { } pattern && !Regex.IsMatch(text, pattern.GetValue<string>(), RegexOptions.None, TimeSpan.FromSeconds(1))) yield return $"{at} has another pattern";
        if (rule["enum"] is JsonArray values && !values.Any(one => one!.GetValue<string>() == text)) yield return $"{at} is none of the values";
    }

    private static IEnumerable<string> Number(JsonNode? value, JsonObject rule, string at)
    {
        if (value?.GetValueKind() is not JsonValueKind.Number) yield break;

        var number = double.Parse(value.ToJsonString());
        if (number < (rule["minimum"]?.GetValue<double>() ?? number) || number > (rule["maximum"]?.GetValue<double>() ?? number)) yield return $"{at} is out of range";
    }

    private IEnumerable<string> Items(JsonNode? value, JsonObject rule, string at) =>
        value is JsonArray items && rule["items"] is { } each ? items.SelectMany((item, index) => Broken(item, each, $"{at}/{index}")) : [];

    private IEnumerable<string> Members(JsonNode? value, JsonObject rule, string at)
    {
        if (value is not JsonObject members) yield break;

        foreach (var needed in rule["required"] as JsonArray ?? [])
        {
            if (!members.ContainsKey(needed!.GetValue<string>())) yield return $"{(at.Length == 0 ? "/" : at)} lacks {needed}";
        }

        foreach (var (name, member) in members)
        {
            var below = rule["properties"]?[name] ?? rule["additionalProperties"] ?? true;
            if (below.GetValueKind() is JsonValueKind.False) yield return $"{at}/{name} is not known";
            foreach (var broken in Broken(member, below, $"{at}/{name}")) yield return broken;
        }
    }

    private static JsonNode? Json(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(pair => KeyValuePair.Create($"{pair.Key}", Json(pair.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Json)]),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "true" or "false" } on => on.Value == "true",
        YamlScalarNode { Style: ScalarStyle.Plain } text when double.TryParse(text.Value, out var number) => number,
        YamlScalarNode text => text.Value,
        _ => null,
    };
}
