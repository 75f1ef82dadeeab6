using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>The plugins of an instance, in config/plugins.json: from the store, from git, or from a zip.</summary>
internal sealed class DssPlugins(DssInstance dss)
{
    private readonly DssShelf _kept = new(dss.Data, "config/plugins.json");

    public IEnumerable<DssRoute> Routes =>
    [
        new("GET", "plugins", _ => DssAnswer.Of(new JsonArray([.. _kept.All.Select(pair => Shown(new DssPluginKit((JsonObject)pair.Value!)))]))),
        new("POST", "plugins/actions/installFromStore", call => InstallAsync(call, () => FromStore((string?)call.Object["pluginId"] ?? ""))),
        new("POST", "plugins/actions/installFromGit", call => InstallAsync(call, () => FromGit(call.Object))),
        new("POST", "plugins/actions/installFromZip", call => AtOnceAsync(() => Install(FromZip(call), null))),
        new("POST", "plugins/actions/future/installFromZip", call => InstallAsync(call, () => FromZip(call))),
        new("POST", "plugins/*/actions/updateFromStore", call => UpdateAsync(call, () => FromStore(call.Name))),
        new("POST", "plugins/*/actions/updateFromGit", call => UpdateAsync(call, () => FromGit(call.Object))),
        new("POST", "plugins/*/actions/updateFromZip", call => AtOnceAsync(() => Install(FromZip(call), call.Name))),
        new("POST", "plugins/*/actions/future/updateFromZip", call => UpdateAsync(call, () => FromZip(call))),
        new("GET", "plugins/*/actions/listUsages", Usages),
        new("POST", "plugins/*/actions/delete", DeleteAsync),
    ];

    /// <summary>All that are installed.</summary>
    public IEnumerable<DssPluginKit> All => _kept.All.Select(pair => new DssPluginKit((JsonObject)pair.Value!.DeepClone()));

    public DssPluginKit Need(string id) => _kept.Find(id) is { } kept ? new(kept) : throw DssRefusal.Missing(dss.Habits, $"Plugin '{id}' does not exist");

    private Task<DssAnswer> InstallAsync(DssCall call, Func<DssPluginKit> kit) => dss.Futures.StartAsync(call.Key, _ => Task.FromResult<JsonNode?>(Install(kit(), null)));

    private Task<DssAnswer> UpdateAsync(DssCall call, Func<DssPluginKit> kit)
    {
        Need(call.Name);
        return dss.Futures.StartAsync(call.Key, _ => Task.FromResult<JsonNode?>(Install(kit(), call.Name)));
    }

    // Without a future a failure is an answer all the same.
    private static Task<DssAnswer> AtOnceAsync(Func<JsonObject> install)
    {
        try
        {
            return Task.FromResult(DssAnswer.Of(install()));
        }
        catch (DssTaskFailure failure)
        {
            return Task.FromResult(DssAnswer.Of(new JsonObject { ["success"] = false, ["installationError"] = new JsonObject { ["message"] = failure.Message } }));
        }
    }

    private JsonObject Install(DssPluginKit kit, string? over)
    {
        if (over is null && _kept.Find(kit.Id) is not null) throw new DssTaskFailure("ERR_PLUGIN_ALREADY_INSTALLED", $"Plugin {kit.Id} is already installed", DssFailureForm.Result);
        if (over is not null && over != kit.Id) throw new DssTaskFailure("ERR_PLUGIN_ID_MISMATCH", $"The archive holds plugin {kit.Id}, not {over}", DssFailureForm.Result);

        _kept.Put(kit.Id, kit.Description);
        return new JsonObject { ["success"] = true, ["needsRestart"] = false, ["needsReload"] = true, ["pluginDesc"] = Shown(kit) };
    }

    private DssPluginKit FromStore(string id)
    {
        if (dss.Habits.NoStore) throw new DssTaskFailure("ERR_PLUGIN_CANNOT_DOWNLOAD", "Could not download the plugin: connect to update.dataiku.com:443 failed: Connection timed out", DssFailureForm.Result);
        return DssPluginKit.InStore(id) ?? throw new DssTaskFailure("ERR_PLUGIN_NOT_FOUND", $"Plugin {id} not found in the store", DssFailureForm.Result);
    }

    // A repository is known by its name; its tags are the versions.
    private static DssPluginKit FromGit(JsonObject body)
    {
        var url = (string?)body["gitRepositoryUrl"] ?? "";
        var name = url.TrimEnd('/').Split('/', ':')[^1];
        if (name.EndsWith(".git", StringComparison.Ordinal)) name = name[..^4];
        var kit = name.StartsWith("dss-plugin-", StringComparison.Ordinal) ? DssPluginKit.InStore(name["dss-plugin-".Length..]) : null;
        if (kit is null) throw new DssTaskFailure("ERR_GIT_CLONE_FAILED", $"Failed to clone {url}: repository not found", DssFailureForm.Result);

        var checkout = (string?)body["gitCheckout"] ?? "master";
        if (checkout is not ("master" or "main") && checkout.TrimStart('v') != kit.Version) throw new DssTaskFailure("ERR_GIT_CHECKOUT_FAILED", $"Failed to check out {checkout}: pathspec '{checkout}' did not match any known to git", DssFailureForm.Result);
        return kit;
    }

    private static DssPluginKit FromZip(DssCall call) => DssPluginKit.OfZip(call.File?.Content ?? throw DssRefusal.Invalid("A multipart body with a file is needed"));

    private DssAnswer Usages(DssCall call)
    {
        Need(call.Name);
        var used = dss.Clusters.OfPlugin(call.Name).Select(cluster => new JsonObject { ["elementKind"] = "python-clusters", ["elementType"] = cluster.Type, ["objectId"] = cluster.Id, ["objectType"] = "CLUSTER", ["projectKey"] = null });
        return DssAnswer.Of(new JsonObject { ["usages"] = new JsonArray([.. used]), ["missingTypes"] = new JsonArray() });
    }

    private Task<DssAnswer> DeleteAsync(DssCall call)
    {
        Need(call.Name);
        if (!Dotted.True(call.Body, "force") && dss.Clusters.OfPlugin(call.Name).Any()) throw DssRefusal.Broken("CodedException", $"ERR_PLUGIN_IN_USE: Plugin {call.Name} is in use");
        return dss.Futures.StartAsync(call.Key, _ =>
        {
            _kept.Remove(call.Name);
            return Task.FromResult<JsonNode?>(new JsonObject { ["success"] = true, ["messages"] = DssMessages.None });
        });
    }

    private static JsonObject Shown(DssPluginKit kit) => new() { ["id"] = kit.Id, ["version"] = kit.Version, ["isDev"] = false, ["meta"] = kit.Description["meta"]?.DeepClone() };
}
