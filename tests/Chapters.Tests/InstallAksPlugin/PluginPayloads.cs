using System.Text.Json.Nodes;

namespace DssPipeline.Chapters.Tests;

/// <summary>Reads what a run sends to DSS for the AKS plugin, in its order, and holds it to the plugin's own descriptions.</summary>
internal sealed class PluginPayloads
{
    private static readonly string Plugin = $"{JsonNode.Parse(ParameterSet.Text("plugin"))!["id"]}";
    private static readonly string[] Concerned = ["plugins", "clusters", "runnables"];

    // Presets that were written so far: of which set, and called what.
    private readonly HashSet<(string Set, string Name)> presets = [];

    /// <summary>The payloads of a request: none where it is not about the plugin.</summary>
    /// <exception cref="InvalidDataException">It is about the plugin and of no kind that is known here.</exception>
    public IReadOnlyList<PluginPayload> Read(Sent sent) => (sent.Method, sent.Names) switch
    {
        ("GET", _) => [],
        ("POST", ["plugins", "actions", "installFromStore"]) => [new("plugin from the store", Stated(sent.Body, "pluginId"))],
        ("POST", ["plugins", "actions", "installFromGit"]) => [new("plugin from git", Stated(sent.Body, "gitRepositoryUrl", "gitCheckout", "gitSubpath"))],
        ("POST", ["plugins", "actions", "future", "installFromZip"]) => [new("plugin from an archive", sent.Text.Contains("name=file", StringComparison.Ordinal) ? [] : ["no part of it is called file"])],
        ("POST", ["plugins", var id, "actions", "updateFromStore"]) => [new("plugin updated", [.. Called(id), .. Nothing(sent)])],
        ("POST", ["plugins", var id, "code-env", "actions", "create"]) => [new("code environment", [.. Called(id), .. CodeEnv(sent.Body)])],
        ("POST", ["plugins", var id, "code-env", "actions", "update"]) => [new("code environment again", [.. Called(id), .. Nothing(sent)])],
        ("POST", ["plugins", var id, "settings"]) => [new("settings", [.. Called(id)]), .. Presets(sent.Body)],
        ("POST", ["admin", "clusters"]) => [NewCluster(sent.Body)],
        ("PUT", ["admin", "clusters", _]) => [new($"changed {ComponentOf(sent.Body)}", [.. Cluster(sent.Body)])],
        ("DELETE", ["admin", "clusters", _]) => [new("cluster removed", [.. Nothing(sent)])],
        ("POST", ["admin", "clusters", _, "actions", ("start" or "stop") and var action]) => [new(action, [.. Nothing(sent)])],
        ("POST", ["projects", _, "runnables", var type]) => [Macro(type, sent.Body)],
        var (method, names) when names.Any(Concerned.Contains) => throw new InvalidDataException($"Nobody knows here what this is: {method} {sent.Path} {sent.Text}"),
        _ => [],
    };

    private static IEnumerable<string> Nothing(Sent sent) => sent.Text is "" ? [] : [$"{sent.Path} takes nothing, and was sent {sent.Text}"];

    private static IEnumerable<string> Called(string plugin) => plugin == Plugin ? [] : [$"{plugin} is not called {Plugin}"];

    /// <summary>Exactly these members, each a text.</summary>
    private static IReadOnlyList<string> Stated(JsonObject body, params IReadOnlyList<string> names) =>
    [
        .. Members(body, names),
        .. names.Where(name => body.ContainsKey(name) && body[name]?.GetValueKind() is not System.Text.Json.JsonValueKind.String).Select(name => $"{name} is no text"),
        .. body["pluginId"] is { } id ? Called($"{id}") : [],
    ];

    private static IEnumerable<string> Members(JsonObject body, IReadOnlyList<string> names) =>
    [
        .. body.Select(member => member.Key).Except(names).Select(name => $"{name} is not known"),
        .. names.Where(name => !body.ContainsKey(name)).Select(name => $"{name} is not stated"),
    ];

    private static IEnumerable<string> CodeEnv(JsonObject body) =>
    [
        .. Members(body, ["deploymentMode", "conda", "pythonInterpreter"]),
        .. $"{body["deploymentMode"]}" is "PLUGIN_MANAGED" ? Array.Empty<string>() : ["deploymentMode is not PLUGIN_MANAGED"],
        .. body["conda"]?.GetValueKind() is System.Text.Json.JsonValueKind.False ? Array.Empty<string>() : ["conda is not false"],
    ];

    private IEnumerable<PluginPayload> Presets(JsonObject settings)
    {
        var sets = settings["accessibleParameterSetDescs"]!.AsArray().ToDictionary(set => $"{set!["elementType"]}", set => $"{set!["id"]}", StringComparer.Ordinal);
        var written = settings["presets"]!.AsArray().OfType<JsonObject>().Select(preset => (Preset: preset, Set: sets[$"{preset["type"]}"])).ToList();
        presets.Clear();
        presets.UnionWith(written.Select(one => (one.Set, $"{one.Preset["name"]}")));
        return [.. written.Select(one => new PluginPayload($"preset {one.Set}", [.. PresetItem(one.Preset), .. Parameters(one.Set, (JsonObject)one.Preset["config"]!)]))];
    }

    private static IEnumerable<string> PresetItem(JsonObject preset) =>
    [
        .. Members(preset, ["name", "type", "config", "pluginConfig", "defaultPermission", "permissions"]),
        .. preset["pluginConfig"] is JsonObject { Count: 0 } ? Array.Empty<string>() : ["pluginConfig has no parameters"],
        .. preset["defaultPermission"] is JsonObject { Count: 1 } all && all["use"] is JsonValue ? Array.Empty<string>() : ["defaultPermission does not say use"],
        .. preset["permissions"]!.AsArray().Where(group => group is not JsonObject { Count: 2 } || group["group"] is null || group["use"] is null).Select(group => $"{group?.ToJsonString()} is no permission"),
    ];

    private PluginPayload NewCluster(JsonObject body) => new(
        $"new {ComponentOf(body)}",
        [
            .. Members(body, ["name", "type", "architecture", "params"]),
            .. $"{body["architecture"]}" == ParameterSet.Of(ComponentOf(body)).Architecture ? Array.Empty<string>() : [$"{body["architecture"]} is another architecture"],
            .. Cluster(body),
        ]);

    private IEnumerable<string> Cluster(JsonObject body) => [.. Members((JsonObject)body["params"]!, ["config"]), .. Parameters(ComponentOf(body), (JsonObject)body["params"]!["config"]!)];

    /// <summary>The component of the plugin that a type of clusters means: its folder in the plugin.</summary>
    private static string ComponentOf(JsonObject cluster) => $"{cluster["type"]}".Split($"pycluster_{Plugin}_") is ["", var component] ? component : throw new InvalidDataException($"{cluster["type"]} is no cluster of the plugin");

    private PluginPayload Macro(string type, JsonObject body)
    {
        var name = type.Split($"pyrunnable_{Plugin}_") is ["", var macro] ? macro : throw new InvalidDataException($"{type} is no macro of the plugin");
        return new($"macro {name}", [.. Members(body, ["params", "adminParams"]), .. body["adminParams"] is JsonObject { Count: 0 } ? Array.Empty<string>() : ["adminParams has no parameters"], .. Parameters($"{name}.runnable", (JsonObject)body["params"]!)]);
    }

    /// <summary>What is wrong with the values of a set, and with those inside them.</summary>
    private IEnumerable<string> Parameters(string set, JsonObject config)
    {
        var description = ParameterSet.Of(set);
        return [.. description.Offences(config), .. description.Unasked(config), .. description.References(config).SelectMany(reference => Reference(reference.Parameter, reference.Set, reference.Value))];
    }

    private IEnumerable<string> Reference(string parameter, string set, JsonObject value) => $"{value["mode"]}" switch
    {
        "PRESET" when !presets.Contains((set, $"{value["name"]}")) => [$"{parameter} names the {set} {value["name"]}, which nobody wrote before"],
        "INLINE" => [.. Parameters(set, (JsonObject)value["inlinedConfig"]!).Select(offence => $"{parameter}: {offence}"), .. value["inlinedPluginConfig"] is JsonObject { Count: 0 } ? Array.Empty<string>() : [$"{parameter}: inlinedPluginConfig has no parameters"]],
        _ => [],
    };
}
