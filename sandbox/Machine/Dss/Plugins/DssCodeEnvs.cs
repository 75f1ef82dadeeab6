using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Code environments, in config/code-envs.json, with the logs of how they were built.</summary>
internal sealed class DssCodeEnvs(DssInstance dss)
{
    private readonly DssShelf _kept = new(dss.Data, "config/code-envs.json");

    public IEnumerable<DssRoute> Routes =>
    [
        new("GET", "admin/code-envs", _ => DssAnswer.Of(new JsonArray([.. _kept.All.Where(pair => !IsBroken(pair.Value)).Select(pair => Listed((JsonObject)pair.Value!))]))),
        new("POST", "admin/code-envs/*/*", Create),
        new("GET", "admin/code-envs/*/*", call => DssAnswer.Of(Need(call))),
        new("PUT", "admin/code-envs/*/*", Replace),
        new("DELETE", "admin/code-envs/*/*", Delete),
        new("POST", "admin/code-envs/*/*/packages", call => Rebuilt(call)),
        new("POST", "admin/code-envs/*/*/images", call => Rebuilt(call)),
        new("POST", "admin/code-envs/*/*/jupyter", call => Rebuilt(call)),
        new("GET", "admin/code-envs/*/*/usages", _ => DssAnswer.Of(new JsonArray())),
        new("GET", "admin/code-envs/*/*/logs", call => DssAnswer.Of(new JsonArray([.. LogsOf(call.Names[1]).Select(name => new JsonObject { ["name"] = name })]))),
        new("GET", "admin/code-envs/*/*/logs/*", Log),
        new("POST", "plugins/*/code-env/actions/create", call => dss.Futures.StartAsync(call.Key, _ => Task.FromResult<JsonNode?>(OfPlugin(call)))),
        new("POST", "plugins/*/code-env/actions/update", call => dss.Futures.StartAsync(call.Key, _ => Task.FromResult<JsonNode?>(UpdatePlugin(call)))),
    ];

    public bool Exists(string name) => _kept.Find(name) is { } kept && !IsBroken(kept);

    private JsonObject OfPlugin(DssCall call)
    {
        var kit = dss.Plugins.Need(call.Name);
        if (!kit.HasCodeEnv) throw new DssTaskFailure("ERR_PLUGIN_WITHOUT_CODEENV", $"Plugin {kit.Id} has no code environment", DssFailureForm.Status);

        var usual = $"plugin_{kit.Id}_managed";
        var name = Enumerable.Range(0, 100).Select(count => count == 0 ? usual : $"{usual}_{count}").First(name => _kept.Find(name) is null);
        var python = (string?)call.Object["pythonInterpreter"] ?? kit.Pythons.LastOrDefault(dss.Outside.HasPython) ?? "PYTHON39";
        Build(name, python, kit, (string?)call.Object["deploymentMode"] ?? "PLUGIN_MANAGED");
        return new JsonObject { ["envName"] = name, ["messages"] = DssMessages.None };
    }

    private JsonObject UpdatePlugin(DssCall call)
    {
        var kit = dss.Plugins.Need(call.Name);
        var name = dss.PluginSettings.CodeEnvOf(kit.Id);
        if (name is null || _kept.Find(name) is not { } kept) throw new DssTaskFailure("ERR_PLUGIN_WITHOUT_CODEENV", $"Plugin {kit.Id} has no code environment", DssFailureForm.Status);
        Build(name, Dotted.Text(kept, "desc.pythonInterpreter") ?? "PYTHON39", kit, "PLUGIN_MANAGED");
        return new JsonObject { ["envName"] = name, ["messages"] = DssMessages.None };
    }

    // A build that fails leaves half an environment behind, which is neither there nor gone, and its log.
    private void Build(string name, string python, DssPluginKit? kit, string mode)
    {
        var problem = kit is not null && !kit.Pythons.Contains(python, StringComparer.Ordinal) ? $"Plugin {kit.Id} does not accept {python}; it accepts {string.Join(", ", kit.Pythons)}"
            : !dss.Outside.HasPython(python) ? $"{Program(python)}: command not found"
            : dss.Habits.CodeEnvFails ? "ERROR: Could not find a version that satisfies the requirement azure-identity<1.18\nERROR: No matching distribution found for azure-identity<1.18"
            : null;
        WriteLog(name, $"[+] Creating environment {name} with {Program(python)}\n[+] pip install -r requirements.txt\n{problem ?? "Successfully installed"}\n");
        _kept.Put(name, new JsonObject
        {
            ["envName"] = name,
            ["envLang"] = "PYTHON",
            ["deploymentMode"] = mode,
            ["owner"] = "admin",
            ["broken"] = problem is not null,
            ["usableByAll"] = true,
            ["allContainerConfs"] = false,
            ["containerConfs"] = new JsonArray(),
            ["allSparkKubernetesConfs"] = false,
            ["sparkKubernetesConfs"] = new JsonArray(),
            ["desc"] = new JsonObject { ["pythonInterpreter"] = python, ["corePackagesSet"] = "AUTO", ["installCorePackages"] = true, ["conda"] = false },
            ["specPackageList"] = "",
        });
        if (problem is not null) throw new DssTaskFailure("ERR_CODEENV_CREATION_FAILED", $"Code environment creation failed: {problem.Split('\n')[0]}", DssFailureForm.Messages) { Facts = new Dictionary<string, string>(StringComparer.Ordinal) { ["envName"] = name } };
    }

    private static string Program(string interpreter) => $"python3.{interpreter["PYTHON3".Length..]}";

    private DssAnswer Create(DssCall call)
    {
        if (_kept.Find(call.Names[1]) is not null) throw DssRefusal.Invalid($"Code env {call.Names[1]} already exists");
        try
        {
            Build(call.Names[1], (string?)call.Object["pythonInterpreter"] ?? "PYTHON39", null, (string?)call.Object["deploymentMode"] ?? "DESIGN_MANAGED");
            return DssAnswer.Of(new JsonObject { ["envName"] = call.Names[1], ["messages"] = DssMessages.None });
        }
        catch (DssTaskFailure failure)
        {
            return DssAnswer.Of(new JsonObject { ["messages"] = DssMessages.Error(failure.Code, failure.Message) });
        }
    }

    private DssAnswer Replace(DssCall call)
    {
        var kept = Need(call);
        foreach (var (field, value) in call.Object) kept[field] = value?.DeepClone();
        _kept.Put(call.Names[1], kept);
        return DssAnswer.Of(kept);
    }

    private DssAnswer Delete(DssCall call)
    {
        if (!_kept.Remove(call.Names[1])) throw Unknown(call);
        return DssAnswer.Of(new JsonObject { ["messages"] = DssMessages.None });
    }

    private DssAnswer Rebuilt(DssCall call)
    {
        Need(call);
        return DssAnswer.Of(new JsonObject { ["messages"] = DssMessages.None });
    }

    private DssAnswer Log(DssCall call) =>
        LogsOf(call.Names[1]).Contains(call.Names[2]) ? DssAnswer.Text(File.ReadAllText(Path.Combine(LogFolder(call.Names[1]), call.Names[2]))) : throw DssRefusal.Missing(dss.Habits, $"Log {call.Names[2]} does not exist");

    private JsonObject Need(DssCall call)
    {
        if (_kept.Find(call.Names[1]) is not { } kept) throw Unknown(call);
        if (IsBroken(kept)) throw DssRefusal.Broken("java.io.IOException", $"Not a file: /python/{call.Names[1]}/desc.json");
        return kept;
    }

    private DssRefusal Unknown(DssCall call) => new(dss.Habits.MissingStatus ?? 500, "CodedIOException", $"{call.Name} env {call.Names[1]} doesn't exist");

    private string LogFolder(string name) => dss.Data.PathOf($"code-envs-logs/{Uri.EscapeDataString(name)}");

    private List<string> LogsOf(string name) => Directory.Exists(LogFolder(name)) ? [.. Directory.EnumerateFiles(LogFolder(name)).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)] : [];

    private void WriteLog(string name, string text)
    {
        Directory.CreateDirectory(LogFolder(name));
        File.WriteAllText(Path.Combine(LogFolder(name), $"create-{LogsOf(name).Count + 1}.log"), text);
    }

    private static bool IsBroken(JsonNode? environment) => Dotted.True(environment, "broken");

    private static JsonObject Listed(JsonObject environment) => new()
    {
        ["envName"] = (string?)environment["envName"],
        ["envLang"] = (string?)environment["envLang"],
        ["deploymentMode"] = (string?)environment["deploymentMode"],
        ["owner"] = (string?)environment["owner"],
    };
}
