using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

internal sealed partial class DssClusters
{
    private const string Prefix = "pycluster_";

    /// <summary>The parameters of a cluster as its plugin gets them: each preset replaced by its values, passwords in plain text.</summary>
    public JsonObject ResolveConfig(JsonObject cluster)
    {
        var config = Dotted.Read(cluster, "params.config")?.DeepClone() as JsonObject ?? [];
        if (KindOf((string)cluster["type"]!) is not { } kind) return config;

        foreach (var parameter in Dotted.Items(kind.Description, "params").Where(parameter => (string?)parameter["type"] is "PRESET" or "PRESETS"))
        {
            var (name, set) = ((string)parameter["name"]!, (string)parameter["parameterSetId"]!);
            if (config[name] is { } value) config[name] = Resolve(value, kind.Plugin, set);
        }

        return config;
    }

    /// <summary>What a parameter that refers to presets stands for.</summary>
    public JsonNode? Resolve(JsonNode? reference, string plugin, string set) => reference switch
    {
        JsonArray many => new JsonArray([.. many.Select(one => Resolve(one, plugin, set))]),
        JsonObject one => (string?)one["mode"] switch
        {
            "PRESET" => Opened(_dss.PluginSettings.Preset(plugin, set, (string?)one["name"] ?? "") ?? throw PythonError.Plain($"Preset '{(string?)one["name"]}' not found in parameter set {set}")),
            "INLINE" => Opened(one["inlinedConfig"]?.DeepClone() as JsonObject ?? []),
            "NONE" => new JsonObject(),
            var mode => throw PythonError.Plain($"Unknown preset mode: {mode}"),
        },
        _ => null,
    };

    private JsonObject Opened(JsonObject values)
    {
        foreach (var (name, value) in values.ToList())
        {
            if (value is JsonValue scalar && scalar.TryGetValue<string>(out var text) && text.StartsWith("e:AES:", StringComparison.Ordinal)) values[name] = _dss.Secrets.Open(text);
        }

        return values;
    }

    // Parameters that the plugin does not have are dropped without a word, as unknown settings are elsewhere.
    private JsonObject Fitting(string type, JsonNode? parameters)
    {
        var fitting = parameters?.DeepClone() as JsonObject ?? new JsonObject { ["config"] = new JsonObject() };
        if (_dss.Habits.KeepsUnknown || KindOf(type) is not { } kind || fitting["config"] is not JsonObject config) return fitting;

        var known = Dotted.Items(kind.Description, "params").Select(parameter => (string)parameter["name"]!).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, _) in config.Where(pair => !known.Contains(pair.Key)).ToList()) config.Remove(name);
        return fitting;
    }

    // Null for a type that no installed plugin brings.
    private Kind? KindOf(string type)
    {
        if (!type.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        return _dss.Plugins.All
            .SelectMany(kit => kit.Clusters.Select(cluster => new Kind(kit.Id, (string)cluster["id"]!, cluster)))
            .FirstOrDefault(kind => type == $"{Prefix}{kind.Plugin}_{kind.Component}");
    }

    private sealed record Kind(string Plugin, string Component, JsonObject Description);
}
