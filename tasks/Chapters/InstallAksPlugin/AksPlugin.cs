using System.Globalization;
using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The AKS plugin, installed from the store, a repository or an archive. A pinned version is the one that must be there; otherwise any is.</summary>
public sealed class AksPlugin(Dss dss, Manifest manifest) : DssObject(dss, "plugin", Plugin)
{
    /// <summary>What DSS calls the plugin.</summary>
    public const string Plugin = "aks-clusters";

    private const string NoRestart = "not needed";

    public override JsonNode Desired => Json.Of(new { version = manifest.Aks.Plugin.Version, restart = NoRestart });

    // The next run would install it again, and clusters of people use it: it goes only with its DSS.
    public override bool HoldsData => true;

    /// <summary>Where DSS is asked about the plugin.</summary>
    internal static string PathOf(params IEnumerable<string> below) => Dss.Path([Segment, Plugin, .. below]);

    public override async Task<JsonNode?> ObserveAsync(CancellationToken cancel)
    {
        var all = await Dss.GetAsync("plugins/", cancel) as JsonArray ?? [];
        if (all.FirstOrDefault(plugin => plugin?["id"]?.ToString() == Plugin) is not { } found) return null;

        return Json.Of(new { version = found["version"]?.ToString(), restart = await RestartAsync(cancel) });
    }

    // What the store offers cannot be asked, and it can only hand out what is as new or newer: another update would not lead there.
    public override Problem? Objection(Verb verb, JsonNode? desired, JsonNode? observed) =>
        verb is Verb.Update && manifest.Aks.Plugin is { Source: PluginSource.Store, Version: { } wished } && observed?["version"]?.ToString() is { } there && IsNewer(there, wished) ? StoreGoesNoWayBack(wished, there) : null;

    public override async Task ApplyAsync(Change change, CancellationToken cancel)
    {
        if (change.Differences is not [] && change.Differences.All(difference => difference.Path == "/restart")) throw new ProblemException(Restart());

        var result = await InstallAsync(change.Observed is not null, cancel);
        if (result?["needsRestart"]?.ToString() is "true") await Marks.WriteAsync(Id, await StartAsync(cancel), cancel);
        Dss.LookAnew();
        if (manifest.Aks.Plugin.Version is { } wished && (await ObserveAsync(cancel))?["version"]?.ToString() is { } there && there != wished) throw new ProblemException(OtherVersion(wished, there));
    }

    private const string Segment = "plugins";

    private DssMarks Marks => new(Dss);

    private async Task<JsonNode?> InstallAsync(bool isThere, CancellationToken cancel)
    {
        var future = new FutureOptions($"{Id}", "the plugin is installed") { Deadline = TimeSpan.FromMinutes(15) };
        var wish = manifest.Aks.Plugin;
        return await Dss.FinishAsync(
            wish.Source switch
            {
                PluginSource.Store => await Dss.PostAsync(isThere ? PathOf("actions", "updateFromStore") : "plugins/actions/installFromStore", isThere ? null : Json.Of(new { pluginId = Plugin }), cancel),
                PluginSource.Git => await Dss.PostAsync(isThere ? PathOf("actions", "updateFromGit") : "plugins/actions/installFromGit", Json.Of(new { gitRepositoryUrl = wish.Url, gitCheckout = wish.GitReference, gitSubpath = "" }), cancel),
                _ => await UploadAsync(isThere ? PathOf("actions", "future", "updateFromZip") : "plugins/actions/future/installFromZip", wish.Url!, cancel),
            },
            future,
            cancel);
    }

    private async Task<JsonNode?> UploadAsync(string path, string url, CancellationToken cancel)
    {
        using var archive = await PluginArchive.FetchAsync(new(url), cancel);
        return await Dss.UploadAsync(path, archive.File, cancel);
    }

    /// <summary>Whether DSS was started since the installation that asked for it.</summary>
    private async Task<string> RestartAsync(CancellationToken cancel) =>
        await Marks.ReadAsync(Id, cancel) is { } before && before == await StartAsync(cancel) ? "needed" : NoRestart;

    private async Task<string> StartAsync(CancellationToken cancel) =>
        Convert.ToString((await Dss.GetAsync("instance-info", cancel))?["dssStartupTimestamp"], CultureInfo.InvariantCulture) is { Length: > 0 } start ? start : "unknown";

    private Problem Restart() => new("DSS must be restarted", $"{Id} is installed, and DSS said that it works only after a restart. A restart ends running jobs, so it is left to you: restart DSS on its machine, then run again.")
    {
        Command = "sudo systemctl restart dataiku",
    };

    private Problem OtherVersion(string wished, string there) => new(
        "Plugin has another version",
        $"aks.plugin.version at {manifest.Places.Of("/aks/plugin/version")} asks for {wished}, and {Source} gave {there}, which is installed now and used by every cluster that DSS makes or changes. The store hands out its newest version only. Put the version to {there}, or name the archive or the git reference of {wished} in aks.plugin.");

    private Problem StoreGoesNoWayBack(string wished, string there) => new(
        "Plugin is newer than its pin",
        $"aks.plugin.version at {manifest.Places.Of("/aks/plugin/version")} asks for {wished}, and {there} is installed. The store hands out its newest version only, so the plugin is left as it is. Put the version to {there}, or name the archive or the git reference of {wished} in aks.plugin.");

    private static bool IsNewer(string there, string wished) => Version.TryParse(there, out var installed) && Version.TryParse(wished, out var pinned) && installed > pinned;

    private string Source => manifest.Aks.Plugin.Source switch
    {
        PluginSource.Store => "the plugin store",
        PluginSource.Git => $"{manifest.Aks.Plugin.Url} at {manifest.Aks.Plugin.GitReference}",
        _ => $"{manifest.Aks.Plugin.Url}",
    };
}
