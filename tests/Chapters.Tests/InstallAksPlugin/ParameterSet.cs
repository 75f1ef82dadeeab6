using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DssPipeline.Chapters.Tests;

/// <summary>A parameter set or a component of the AKS plugin, by the plugin's own description of it.</summary>
internal sealed class ParameterSet
{
    private static readonly Regex Term = new("^(?<not>!)?model\\.(?<name>\\w+)(\\s*(?<sign>[!=]=)\\s*'(?<value>[^']*)')?$", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

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
            .. Parameters.Where(parameter => config.ContainsKey($"{parameter["name"]}")).Select(parameter => Offence(parameter, config[$"{parameter["name"]}"], config)).OfType<string>(),
        ];
    }

    /// <summary>The architecture of a cluster's description.</summary>
    public string Architecture => $"{description["architecture"]}";

    /// <summary>Texts and presets that say something although DSS would not ask people for them: the plugin may take them for more than they are.</summary>
    public IReadOnlyList<string> Unasked(JsonObject config) =>
    [
        .. Parameters.Where(parameter => $"{parameter["type"]}" is "STRING" or "PASSWORD" or "PRESET" or "PRESETS" && !IsShown(parameter, config))
            .Where(parameter => config[$"{parameter["name"]}"] is { } value && !IsEmpty(value))
            .Select(parameter => $"{parameter["name"]} is not asked for and says something"),
    ];

    /// <summary>Every value that stands for one of another set.</summary>
    public IEnumerable<(string Parameter, string Set, JsonObject Value)> References(JsonObject config) =>
        from parameter in Parameters
        where $"{parameter["type"]}" is "PRESET" or "PRESETS"
        let value = config[$"{parameter["name"]}"]
        from reference in value as JsonArray ?? new JsonArray(value?.DeepClone())
        where reference is JsonObject
        select ($"{parameter["name"]}", $"{parameter["parameterSetId"]}", (JsonObject)reference!);

    private static string? Offence(JsonObject parameter, JsonNode? value, JsonObject config) =>
        !Fits(parameter, value) ? $"{parameter["name"]} is no {parameter["type"]}: {value?.ToJsonString()}"
        : IsEmpty(value) && parameter["mandatory"]?.ToString() is "true" && IsShown(parameter, config) ? $"{parameter["name"]} is mandatory and says nothing"
        : null;

    private static bool IsEmpty(JsonNode? value) => TextOf(value) is "" || value is JsonArray { Count: 0 } || (value is JsonObject && $"{value["mode"]}" is "NONE");

    /// <summary>Whether DSS shows it to people, and so asks them for it, when the others are as in this configuration.</summary>
    private static bool IsShown(JsonObject parameter, JsonObject config) => parameter["visibilityCondition"]?.ToString() is not { } condition || condition.Split("&&").All(term => Holds(term.Trim(), config));

    private static bool Holds(string term, JsonObject config) => Term.Match(term) switch
    {
        { Success: false } => throw new InvalidDataException($"The plugin has a condition that this test does not know: {term}"),
        { Groups: var part } when part["value"].Success => ($"{config[part["name"].Value]}" == part["value"].Value) == (part["sign"].Value == "=="),
        { Groups: var part } => config[part["name"].Value]?.ToString() is "true" == !part["not"].Success,
    };

    private static bool Fits(JsonObject parameter, JsonNode? value) => $"{parameter["type"]}" switch
    {
        "STRING" or "PASSWORD" or "TEXTAREA" or "CLUSTER" => TextOf(value) is not null,
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
