using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>The settings of plugins: one document each, with the presets of all their parameter sets, replaced as a whole.</summary>
internal sealed class DssPluginSettings(DssInstance dss)
{
    private readonly DssShelf _kept = new(dss.Data, "config/plugin-settings.json");

    public IEnumerable<DssRoute> Routes =>
    [
        new("GET", "plugins/*/settings", call => DssAnswer.Of(Shown(Kit(call), call.Query["projectKey"]))),
        new("POST", "plugins/*/settings", call => Save(call)),
        new("POST", "plugins/*/settings/future", call => dss.Futures.StartAsync(call.Key, _ =>
        {
            Save(call);
            return Task.FromResult<JsonNode?>(new JsonObject { ["messages"] = DssMessages.None });
        })),
    ];

    public string? CodeEnvOf(string plugin) => (string?)_kept.Find(plugin)?["codeEnvName"];

    /// <summary>The type of a parameter set, whose spelling only the instance knows.</summary>
    public string TypeOf(string plugin, string set) =>
        dss.Habits.OpaqueTypes ? "T" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{plugin}/{set}")))[..10] : $"parameter-set-{plugin}-{set}";

    /// <summary>The values of a preset, its passwords encrypted; those of the project come first.</summary>
    public JsonObject? Preset(string plugin, string set, string name, string? project = null) => new[] { project is null ? null : KeyOf(plugin, project), plugin }
        .OfType<string>()
        .SelectMany(key => Dotted.Items(_kept.Find(key), "presets"))
        .FirstOrDefault(preset => (string?)preset["name"] == name && IsOf(plugin, set, (string?)preset["type"]))?["config"]?.DeepClone() as JsonObject;

    // What an instance wrote before its habits were turned is still its own.
    private static bool IsOf(string plugin, string set, string? type) => type == $"parameter-set-{plugin}-{set}" || type == "T" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{plugin}/{set}")))[..10];

    private static string KeyOf(string plugin, string? project) => string.IsNullOrEmpty(project) ? plugin : $"{plugin}@{project}";

    private DssPluginKit Kit(DssCall call) => dss.Plugins.Need(call.Name);

    private JsonObject Shown(DssPluginKit kit, string? project)
    {
        var kept = _kept.Find(KeyOf(kit.Id, project)) ?? [];
        var settings = DssShape.Read("plugin-settings").Fit(kept, dss.Habits);
        settings["accessibleParameterSetDescs"] = new JsonArray([.. kit.ParameterSets.Select(set => Described(kit, set))]);
        settings["parameterSets"] = new JsonArray([.. kit.ParameterSets.Where(set => !dss.Habits.OpaqueTypes || Used(kept, kit, set)).Select(set => Ruled(kit, set, kept))]);
        return dss.Secrets.Show(settings, Secret(kit));
    }

    private bool Used(JsonObject kept, DssPluginKit kit, JsonObject set) => Dotted.Items(kept, "presets").Any(preset => (string?)preset["type"] == TypeOf(kit.Id, (string)set["id"]!));

    private JsonObject Described(DssPluginKit kit, JsonObject set) => new()
    {
        ["id"] = (string?)set["id"],
        ["ownerPluginId"] = kit.Id,
        ["elementType"] = TypeOf(kit.Id, (string)set["id"]!),
        ["folderName"] = (string?)set["id"],
        ["desc"] = new JsonObject { ["params"] = set["params"]?.DeepClone(), ["pluginParams"] = set["pluginParams"]?.DeepClone() ?? new JsonArray() },
    };

    private JsonObject Ruled(DssPluginKit kit, JsonObject set, JsonObject kept) =>
        Dotted.Items(kept, "parameterSets").FirstOrDefault(rule => (string?)rule["name"] == (string?)set["id"])?.DeepClone() as JsonObject ?? new JsonObject
        {
            ["name"] = (string?)set["id"],
            ["type"] = TypeOf(kit.Id, (string)set["id"]!),
            ["defaultPermission"] = new JsonObject { ["definableInline"] = true, ["definableAtProjectLevel"] = true },
            ["permissions"] = new JsonArray(),
        };

    private DssAnswer Save(DssCall call)
    {
        var kit = Kit(call);
        var fresh = DssShape.Read("plugin-settings").Fit(call.Object, dss.Habits);
        Check(kit, fresh);
        if (!dss.Habits.KeepsUnknown) DropUnknown(kit, fresh);
        var key = KeyOf(kit.Id, call.Query["projectKey"]);
        dss.Secrets.Take(fresh, _kept.Find(key), Secret(kit));
        _kept.Put(key, fresh);
        return DssAnswer.Empty;
    }

    private void Check(DssPluginKit kit, JsonObject settings)
    {
        var types = kit.ParameterSets.Select(set => TypeOf(kit.Id, (string)set["id"]!)).ToHashSet(StringComparer.Ordinal);
        var seen = new HashSet<(string?, string?)>();
        foreach (var preset in Dotted.Items(settings, "presets"))
        {
            var (type, name) = ((string?)preset["type"], (string?)preset["name"]);
            if (string.IsNullOrEmpty(name)) throw DssRefusal.Invalid("A preset needs a name");
            if (!types.Contains(type ?? "")) throw DssRefusal.Invalid($"Preset '{name}' has an unknown type: {type}");
            if (!seen.Add((type, name))) throw DssRefusal.Invalid($"Duplicate preset '{name}' for {type}");
        }
    }

    // Parameters that a set does not have are dropped without a word, as unknown settings are elsewhere.
    private static void DropUnknown(DssPluginKit kit, JsonObject settings)
    {
        foreach (var set in kit.ParameterSets)
        {
            var known = Dotted.Items(set, "params").Select(parameter => (string)parameter["name"]!).ToHashSet(StringComparer.Ordinal);
            foreach (var preset in Dotted.Items(settings, "presets").Where(preset => IsOf(kit.Id, (string)set["id"]!, (string?)preset["type"])))
            {
                foreach (var (name, _) in (preset["config"] as JsonObject ?? []).Where(pair => !known.Contains(pair.Key)).ToList()) preset["config"]!.AsObject().Remove(name);
            }
        }
    }

    private static IsSecret Secret(DssPluginKit kit) => (_, name) => kit.IsPassword(name);
}
