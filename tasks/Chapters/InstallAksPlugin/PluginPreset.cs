using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>A preset of the AKS plugin. All presets are in one document, the settings of the plugin, and those of others stay in it.</summary>
public abstract class PluginPreset(Dss dss, Manifest manifest, string set, string name) : MarkedObject(dss, manifest, "pluginPreset", $"{set}/{name}")
{
    public sealed override ResourceId? LivesIn => new("dss", "plugin", AksPlugin.Plugin);

    // What a preset says is in the manifest; clusters that were made of it keep what they were made with.
    public override bool HoldsData => false;

    public override Comparison Comparison => base.Comparison with { Unordered = ["/config/labels", "/config/taints", "/config/tags", "/permissions"] };

    internal static ResourceId IdOf(string set, string name) => new("dss", "pluginPreset", $"{set}/{name}");

    protected string Set => set;

    protected string Name => name;

    protected sealed override string Path => AksPlugin.PathOf("settings");

    protected sealed override DssWriting Writing => DssWriting.Post;

    private protected sealed override DssSight? See(JsonObject document)
    {
        if (Find(document) is not { } preset) return null;

        var config = preset["config"] as JsonObject ?? [];
        var shown = config[ConnectionPreset.SecretParameter]?.ToString() ?? "";
        config.Remove(ConnectionPreset.SecretParameter);
        // In a list, what nobody wishes for shows.
        if (config["tags"] is JsonObject tags) config["tags"] = PresetTags.List(tags);
        return new((JsonObject)Json.Of(new { config, defaultPermission = preset["defaultPermission"], permissions = preset["permissions"] }), shown);
    }

    protected sealed override void Lay(JsonObject document, JsonObject wish, Secret? secret)
    {
        var presets = document["presets"] as JsonArray;
        if (presets is null) document["presets"] = presets = [];
        if (Find(document) is not { } preset) presets.Add(preset = Fresh(document));

        var laid = Laid(wish);
        if (HoldsSecret) laid["config"]![ConnectionPreset.SecretParameter] = secret?.Reveal() ?? "";
        foreach (var (key, value) in laid.ToList())
        {
            preset[key] = value?.DeepClone();
        }
    }

    /// <summary>All parameters, save the secret, which DSS does not give back.</summary>
    protected sealed override IReadOnlyList<string> Owned(JsonObject wish) => DssWish.Pointers(Laid(wish), Place);

    // Two presets of different sets may have one name, so the set stands before it.
    protected sealed override JsonObject Sight(JsonObject document) => new() { ["presets"] = new JsonObject { [set] = new JsonObject { [name] = Find(document)?.DeepClone() } } };

    protected sealed override Task RemoveAsync(CancellationToken cancel) => Document.ChangeAsync(Remove, [Place], Sight, cancel);

    /// <summary>Whether its set has a parameter for a secret, used or not.</summary>
    protected virtual bool HoldsSecret => false;

    private string Place => $"/presets/{Pointer.Escape(set)}/{Pointer.Escape(name)}";

    /// <summary>The wish as DSS takes it.</summary>
    private static JsonObject Laid(JsonObject wish)
    {
        var laid = Unmarked(wish);
        if (laid["config"]!["tags"] is JsonArray tags) laid["config"]!["tags"] = PresetTags.Map(tags);
        return laid;
    }

    private void Remove(JsonObject document)
    {
        if (Find(document) is { } preset) (document["presets"] as JsonArray)!.Remove(preset);
    }

    private JsonObject? Find(JsonObject document) => ParameterSetType.Find(document, set) is { } type
        ? (document["presets"] as JsonArray ?? []).OfType<JsonObject>().FirstOrDefault(preset => preset["name"]?.ToString() == name && preset["type"]?.ToString() == type)
        : null;

    // A new one is everybody's where the wish does not say whose.
    private JsonObject Fresh(JsonObject document)
    {
        var fresh = PresetUsers.Only([]);
        (fresh["name"], fresh["type"], fresh["pluginConfig"]) = (name, ParameterSetType.Of(document, set), new JsonObject());
        return fresh;
    }
}
