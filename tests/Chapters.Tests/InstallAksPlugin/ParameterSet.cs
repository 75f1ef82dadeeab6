using System.Text.Json.Nodes;

namespace DssPipeline.Chapters.Tests;

/// <summary>A parameter set or a component of the AKS plugin, by the plugin's own description of it.</summary>
internal sealed class ParameterSet
{
    private readonly JsonObject description;

    private ParameterSet(JsonObject description) => this.description = description;

    private IEnumerable<JsonObject> Parameters => description["params"]!.AsArray().OfType<JsonObject>().Where(parameter => $"{parameter["type"]}" != "SEPARATOR");

    /// <summary>One of <c>facts/</c>: as the plugin publishes them (see NOTICE there).</summary>
    public static ParameterSet Of(string name) =>
        new(JsonNode.Parse(Text(name))!.AsObject());

    /// <summary>One of <c>facts/</c>, as text.</summary>
    public static string Text(string name) => File.ReadAllText(Path.Combine(Snapshot.Folder(), "facts", $"{name}.json"));

    /// <summary>What the plugin would find wrong with a configuration, a line each.</summary>
    public IReadOnlyList<string> Offences(JsonObject config)
    {
        var known = Parameters.Select(parameter => $"{parameter["name"]}").ToList();
        return
        [
            .. config.Select(member => member.Key).Except(known).Select(name => $"{name} is no parameter"),
            .. known.Where(name => !config.ContainsKey(name)).Select(name => $"{name} is not stated"),
            .. Parameters.Where(parameter => config.ContainsKey($"{parameter["name"]}")).Select(parameter => Offence(parameter, config[$"{parameter["name"]}"])).OfType<string>(),
        ];
    }

    private static string? Offence(JsonObject parameter, JsonNode? value) => Fits(parameter, value) ? null : $"{parameter["name"]} is no {parameter["type"]}: {value?.ToJsonString()}";

    private static bool Fits(JsonObject parameter, JsonNode? value) => $"{parameter["type"]}" switch
    {
        "STRING" or "PASSWORD" or "TEXTAREA" => TextOf(value) is not null,
        "SELECT" => TextOf(value) is { } text && parameter["selectChoices"]!.AsArray().Any(choice => $"{choice!["value"]}" == text),
        "INT" => value is JsonValue number && number.TryGetValue(out int _),
        "BOOLEAN" => value is JsonValue flag && flag.TryGetValue(out bool _),
        "MAP" => value is JsonObject map && map.All(member => TextOf(member.Value) is not null),
        "STRINGS" => value is JsonArray texts && texts.All(text => TextOf(text) is not null),
        "KEY_VALUE_LIST" => value is JsonArray pairs && pairs.All(pair => pair is JsonObject { Count: 2 } && TextOf(pair["from"]) is not null && TextOf(pair["to"]) is not null),
        "PRESET" => IsPreset(value),
        "PRESETS" => value is JsonArray presets && presets.All(IsPreset),
        var other => throw new InvalidDataException($"The plugin has parameters of a type that this test does not know: {other}"),
    };

    private static bool IsPreset(JsonNode? value) => value is JsonObject reference && $"{reference["mode"]}" switch
    {
        "PRESET" => reference.Count == 2 && TextOf(reference["name"]) is not null,
        "INLINE" => reference is { Count: 3 } && reference["inlinedConfig"] is JsonObject && reference["inlinedPluginConfig"] is JsonObject,
        "NONE" => reference.Count == 1,
        _ => false,
    };

    private static string? TextOf(JsonNode? value) => value is JsonValue text && text.TryGetValue(out string? found) ? found : null;
}
