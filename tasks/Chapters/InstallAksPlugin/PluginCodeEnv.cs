using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The code environment of the AKS plugin: built for the version that is installed, and set in the plugin's settings. Its interpreter is fixed at birth.</summary>
public sealed class PluginCodeEnv(Dss dss, Manifest manifest) : DssObject(dss, "pluginCodeEnv", AksPlugin.Plugin)
{
    private static readonly ResourceId Plugin = new("dss", "plugin", AksPlugin.Plugin);

    public override ResourceId? LivesIn => Plugin;

    // Packages come from far away and some are compiled.
    public override TimeSpan? Patience => TimeSpan.FromMinutes(5);

    // Nothing but packages is lost with it.
    public override bool NeedsPermission => false;

    public override Comparison Comparison => base.Comparison with { Fixed = ["/python"] };

    public override JsonNode Desired => Json.Of(new { python = manifest.Aks.Plugin.Python, usedBy = AksPlugin.Plugin, builtFor = Reference.To(Plugin, "/version") });

    public override string? Interruption(IReadOnlyList<Difference> differences) =>
        differences.Any(difference => difference.Path is "/python") ? "The AKS plugin cannot be used until its code environment is built anew: about 5 minutes." : null;

    public override async Task<JsonNode?> ObserveAsync(CancellationToken cancel)
    {
        var used = (await Settings.ReadAsync(cancel))?["codeEnvName"]?.ToString();
        if (await FindAsync(used, cancel) is not { } name) return null;

        var definition = await Dss.GetAsync(PathOf(name), cancel);
        return definition is null ? null : Json.Of(new
        {
            name,
            python = (definition["desc"]?["pythonInterpreter"] ?? definition["pythonInterpreter"])?.ToString(),
            usedBy = used == name ? AksPlugin.Plugin : "nobody",
            builtFor = await Marks.ReadAsync(Id, cancel),
        });
    }

    public override async Task ApplyAsync(Change change, CancellationToken cancel)
    {
        var name = change.Observed?["name"]?.ToString();
        if (change.Verb is Verb.Replace)
        {
            await Dss.DeleteAsync(PathOf(name!), cancel);
            name = null;
        }

        if (name is null) await UseAsync(await CreateAsync(cancel), cancel);
        else await UpdateAsync(name, cancel);
        await Marks.WriteAsync(Id, $"{change.Desired!["builtFor"]}", cancel);
    }

    private DssDocument Settings => Dss.Document(AksPlugin.PathOf("settings"), DssWriting.Post);

    private DssMarks Marks => new(Dss);

    private static string PathOf(string name) => Dss.Path("admin", "code-envs", "PYTHON", name);

    /// <summary>The environment that the plugin uses, or else one that was made for it and is not used yet.</summary>
    private async Task<string?> FindAsync(string? used, CancellationToken cancel)
    {
        var names = (await Dss.GetAsync("admin/code-envs/", cancel) as JsonArray ?? []).Select(env => $"{env?["envName"]}").ToList();
        return names.Find(name => name == used) ?? names.Find(name => name.StartsWith($"plugin_{AksPlugin.Plugin}_", StringComparison.Ordinal));
    }

    private async Task<string> CreateAsync(CancellationToken cancel)
    {
        var body = Json.Of(new { deploymentMode = "PLUGIN_MANAGED", conda = false, pythonInterpreter = manifest.Aks.Plugin.Python });
        var result = await BuiltAsync("create", body, cancel);
        return result?["envName"]?.ToString() ?? await FindAsync(null, cancel) ?? throw new ProblemException(NotBuilt("DSS does not say what it is called.", ""));
    }

    // DSS updates the environment that the settings name, and no other.
    private async Task UpdateAsync(string name, CancellationToken cancel)
    {
        await UseAsync(name, cancel);
        await BuiltAsync("update", null, cancel);
    }

    private Task UseAsync(string name, CancellationToken cancel) => Settings.ChangeAsync(settings => settings["codeEnvName"] = name, ["/codeEnvName"], cancel);

    private async Task<JsonNode?> BuiltAsync(string action, JsonNode? body, CancellationToken cancel)
    {
        try
        {
            var started = await Dss.PostAsync(AksPlugin.PathOf("code-env", "actions", action), body, cancel);
            return await Dss.FinishAsync(started, new($"{Id}", "the code environment is built"), cancel);
        }
        catch (ProblemException failure)
        {
            var log = await new CodeEnvLog(Dss, $"plugin_{AksPlugin.Plugin}_managed").LastLinesAsync(cancel);
            throw new ProblemException(NotBuilt(failure.Problems[0].Detail, log), failure);
        }
    }

    private Problem NotBuilt(string why, string log) => new(
        "Code environment cannot be built",
        $"{Id} with {manifest.Aks.Plugin.Python}: {why} {(log is "" ? "DSS keeps no log of it." : $"The log of DSS ends: {log}")} "
        + "Check that the interpreter is installed on the machine of DSS and that pip reaches its packages (vm.proxy, a mirror in pip's configuration), then run again.");
}
