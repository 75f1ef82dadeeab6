using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters.Tests;

/// <summary>Where the AKS plugin comes from, how its code environment is built, and the presets of ours and of others in one document.</summary>
public sealed class PluginTests
{
    internal const string Settings = "plugins/aks-clusters/settings";

    [Theory]
    [InlineData("aks.plugin.version=3.1.0")]
    [InlineData("aks.plugin.version=null")]
    [InlineData("aks.plugin={ source: git, url: \"https://github.com/dataiku/dss-plugin-aks-clusters\", gitReference: v3.1.0 }")]
    public async Task It_is_installed_from_where_the_manifest_says_and_its_second_plan_is_empty(string set)
    {
        var manifest = Everything.Read(set);
        await using var stage = await DssStage.StartAsync();

        var failures = await stage.MakeAsync(Plugin(stage, manifest));
        var second = await stage.PlanAsync(Plugin(stage, manifest));

        Assert.Equal("", failures);
        Assert.True(second.IsEmpty, DssPromisesTests.Paths(second));
        Assert.Equal("plugin_aks-clusters_managed", $"{(await stage.SeeAsync(Settings))!["codeEnvName"]}");
    }

    [Fact]
    public async Task It_is_brought_from_an_archive_and_updated_later_and_then_its_environment_is_built_again()
    {
        await using var stage = await DssStage.StartAsync();
        using var server = PluginServer.Of("3.0.0");
        var old = Everything.Read($"aks.plugin={{ source: archive, url: \"{server.Address}\", version: 3.0.0 }}");
        var pinned = Everything.Read("aks.plugin={ version: 3.1.0 }");

        var failures = await stage.MakeAsync(Plugin(stage, old));
        var installed = (await stage.SeeAsync("plugins"))![0]!["version"]!.ToString();
        var plan = await stage.PlanAsync(Plugin(stage, pinned));
        var updateFailures = await stage.MakeAsync(Plugin(stage, pinned));
        var logs = (await stage.SeeAsync("admin/code-envs/PYTHON/plugin_aks-clusters_managed/logs"))!.AsArray();
        var last = await stage.PlanAsync(Plugin(stage, pinned));

        Assert.Equal(("", "", "3.0.0"), (failures, updateFailures, installed));
        Assert.Contains("dss/plugin/aks-clusters/version", DssPromisesTests.Paths(plan), StringComparison.Ordinal);
        Assert.Equal(2, logs.Count);
        Assert.True(last.IsEmpty, DssPromisesTests.Paths(last));
    }

    [Fact]
    public async Task A_version_that_its_source_does_not_have_is_told()
    {
        await using var stage = await DssStage.StartAsync();

        var failures = await stage.MakeAsync(Plugin(stage, Everything.Read("aks.plugin.version=3.2.0")));

        Assert.Contains("asks for 3.2.0, and the plugin store gave 3.1.0, which is installed now", failures, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_installation_that_fails_is_told_in_the_words_of_DSS()
    {
        await using var stage = await DssStage.StartAsync("no-store");

        var failures = await stage.MakeAsync(Plugin(stage, Everything.Read()));

        Assert.Contains("Could not download the plugin: connect to update.dataiku.com:443 failed", failures, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("code-env-fails")]
    [InlineData("code-env-fails,failures-as-status")]
    public async Task An_environment_that_cannot_be_built_shows_the_end_of_its_log_and_the_next_run_builds_it(string habits)
    {
        var manifest = Everything.Read();
        await using var stage = await DssStage.StartAsync(habits);

        var failures = await stage.MakeAsync(Plugin(stage, manifest));
        stage.Server.Behave("");
        var next = await stage.MakeAsync(Plugin(stage, manifest));
        var last = await stage.PlanAsync(Plugin(stage, manifest));

        Assert.Contains("dss/pluginCodeEnv/aks-clusters: Code environment cannot be built: ", failures, StringComparison.Ordinal);
        Assert.Contains("The log of DSS ends: [+] Creating environment plugin_aks-clusters_managed with python3.9 / [+] pip install -r requirements.txt / ERROR: Could not find a version", failures, StringComparison.Ordinal);
        Assert.Equal("", next);
        Assert.True(last.IsEmpty, DssPromisesTests.Paths(last));
    }

    [Fact]
    public async Task Another_interpreter_makes_the_environment_anew()
    {
        await using var stage = await DssStage.StartAsync();
        var other = Everything.Read("aks.plugin.python=PYTHON311");
        Assert.Equal("", await stage.MakeAsync(Plugin(stage, Everything.Read())));

        var plan = await stage.PlanAsync(Plugin(stage, other));
        var failures = await stage.MakeAsync(Plugin(stage, other));
        var last = await stage.PlanAsync(Plugin(stage, other));

        Assert.Equal("dss/pluginCodeEnv/aks-clusters/python", DssPromisesTests.Paths(plan));
        Assert.Equal("", failures);
        Assert.True(last.IsEmpty, DssPromisesTests.Paths(last));
    }

    [Fact]
    public async Task A_restart_that_DSS_asked_for_is_told_until_it_happened()
    {
        var manifest = Everything.Read();
        await using var stage = await DssStage.StartAsync();
        Assert.Equal("", await stage.MakeAsync(Plugin(stage, manifest)));
        var start = $"{(await stage.SeeAsync("instance-info"))!["dssStartupTimestamp"]}";

        await stage.BendAsync("admin/variables", variables => variables["dss-pipeline.plugin.aks-clusters"] = start);
        var told = await stage.MakeAsync(Plugin(stage, manifest));
        await stage.Server.RestartAsync();
        var after = await stage.PlanAsync(Plugin(stage, manifest));

        Assert.Contains("DSS must be restarted", told, StringComparison.Ordinal);
        Assert.True(after.IsEmpty, DssPromisesTests.Paths(after));
    }

    [Theory]
    [InlineData("")]
    [InlineData("opaque-types")]
    [InlineData("redact-secrets")]
    [InlineData("empty-secrets,opaque-types")]
    public async Task What_others_have_in_the_same_document_stays(string habits)
    {
        var manifest = Everything.Read();
        await using var stage = await DssStage.StartAsync(habits);
        Assert.Equal("", await stage.MakeAsync(Plugin(stage, manifest)));
        var type = $"{(await stage.SeeAsync(Settings))!["accessibleParameterSetDescs"]!.AsArray().Single(set => $"{set!["id"]}" == "connection-info")!["elementType"]}";
        await stage.BendAsync(Settings, settings =>
        {
            settings["presets"]!.AsArray().Add(Json.Of(new { name = "theirs", type, config = new { tenantId = "t", clientId = "c", password = "their password" }, pluginConfig = new { }, permissions = new[] { new { group = "readers", use = true } } }));
            settings["permissions"] = new JsonArray(Json.Of(new { group = "readers", admin = true }));
        }, "POST");
        var before = Theirs(stage);

        var failures = await stage.MakeAsync(Plugin(stage, Everything.Read("aks.nodePools[nodes].nodes=5", "aks.connections[aks-connection].allowedGroups=[]")));

        Assert.Equal("", failures);
        Assert.Equal(before, Theirs(stage));
        Assert.Equal(5, (int)Preset(await stage.SeeAsync(Settings), "nodes")["config"]!["numNodes"]!);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("keep-unknown", false)]
    public async Task Every_parameter_that_an_older_plugin_lacks_is_named_of_the_preset_that_lost_it(string habits, bool drops)
    {
        await using var stage = await DssStage.StartAsync(habits);
        using var server = PluginServer.Of("3.0.0", "osDiskSizeGb", "numNodes", "tags");
        var manifest = Everything.Read($"aks.plugin={{ source: archive, url: \"{server.Address}\", version: 3.0.0 }}", "aks.nodePools[nodes].osDiskSizeGB=200", "aks.connections[azure-credentials].name=nodes");

        var failures = await stage.MakeAsync(Plugin(stage, manifest));

        Assert.Equal(drops, failures.Contains("dss/pluginPreset/node-pool-request/nodes: DSS dropped settings", StringComparison.Ordinal));
        if (drops) Assert.Contains("/presets/node-pool-request/nodes/config/osDiskSizeGb, /presets/node-pool-request/nodes/config/numNodes, /presets/node-pool-request/nodes/config/tags/dss-pipeline:pool.", failures, StringComparison.Ordinal);
        else Assert.Equal("", failures);
        Assert.DoesNotContain("connection-info", failures, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_that_changes_shows_as_a_change_of_its_preset_and_is_applied()
    {
        await using var stage = await DssStage.StartAsync();
        Assert.Equal("", await stage.MakeAsync(Plugin(stage, Everything.With("before", "hunter2"))));
        var before = $"{Preset(await stage.SeeAsync(Settings), "aks-connection")["config"]!["password"]}";
        var manifest = Everything.With("after", "hunter2");

        var plan = await stage.PlanAsync(Plugin(stage, manifest));
        var failures = await stage.MakeAsync(Plugin(stage, manifest));
        var last = await stage.PlanAsync(Plugin(stage, manifest));

        Assert.Equal("dss/pluginPreset/connection-info/aks-connection/secret", DssPromisesTests.Paths(plan));
        Assert.Equal("", failures);
        Assert.NotEqual(before, $"{Preset(await stage.SeeAsync(Settings), "aks-connection")["config"]!["password"]}");
        Assert.True(last.IsEmpty, DssPromisesTests.Paths(last));
    }

    [Fact]
    public async Task Every_preset_that_arrives_states_every_parameter_of_the_plugin_and_no_other()
    {
        await using var stage = await DssStage.StartAsync();
        Assert.Equal("", await stage.MakeAsync(Plugin(stage, Everything.Read())));

        var arrived = (await stage.SeeAsync(Settings))!["presets"]!.AsArray().OfType<JsonObject>().ToList();

        Assert.Equal(["aks-connection", "azure-credentials", "gpu", "nodes"], arrived.Select(preset => $"{preset["name"]}").Order());
        Assert.All(arrived, preset => Assert.Equal([], ParameterSet.Of($"{preset["type"]}".Replace("parameter-set-aks-clusters-", "", StringComparison.Ordinal)).Offences((JsonObject)preset["config"]!)));
    }

    [Fact]
    public async Task A_preset_that_the_manifest_no_longer_names_goes_only_when_it_is_named()
    {
        var manifest = Everything.Read();
        await using var stage = await DssStage.StartAsync();
        Assert.Equal("", await stage.MakeAsync(Plugin(stage, manifest)));
        var gone = new ResourceId("dss", "pluginPreset", "node-pool-request/gpu");
        var without = Everything.Read($"policy.allowDelete=[{gone}]") with { Aks = manifest.Aks with { NodePools = [manifest.Aks.NodePools[0]] } };

        var failures = await stage.MakeAsync(Plugin(stage, without), [.. new InstallAksPluginTask(stage.Client(), DssStage.Vault).Search(without)], gone);

        Assert.Equal("", failures);
        Assert.Equal(["aks-connection", "azure-credentials", "nodes"], (await stage.SeeAsync(Settings))!["presets"]!.AsArray().Select(preset => $"{preset!["name"]}").Order());
    }

    [Fact]
    public async Task Changed_nodes_and_a_new_pool_are_all_that_the_plan_shows()
    {
        var manifest = Everything.Read();
        await using var stage = await DssStage.StartAsync();
        Assert.Equal("", await stage.MakeAsync(Plugin(stage, manifest)));
        var pools = manifest.Aks.NodePools;
        var changed = manifest with { Aks = manifest.Aks with { NodePools = [pools[0] with { Nodes = 5, Labels = new Dictionary<string, string>(StringComparer.Ordinal) }, pools[1], new() { Name = "large", VmSize = "Standard_E32s_v5" }] } };

        var plan = await stage.PlanAsync(Plugin(stage, changed));
        var failures = await stage.MakeAsync(Plugin(stage, changed));
        var last = await stage.PlanAsync(Plugin(stage, changed));

        Snapshot.Matches(new PlanText(Style.Plain).Of("demo", plan), Path.Combine(Snapshot.Folder(), "PluginTests.pools.verified.txt"));
        Assert.Equal("", failures);
        Assert.True(last.IsEmpty, DssPromisesTests.Paths(last));
    }

    [Fact]
    public async Task The_plan_of_everything_reads_well()
    {
        await using var stage = await DssStage.StartAsync();

        var plan = await stage.PlanAsync(Plugin(stage, Everything.Read()));

        Snapshot.Matches(new PlanText(Style.Plain).Of("demo", plan), Path.Combine(Snapshot.Folder(), "PluginTests.nothing-is-there.verified.txt"));
    }

    internal static IEnumerable<Resource> Plugin(DssStage stage, Manifest manifest)
    {
        var dss = stage.Client();
        return manifest.Dss.Groups.Select(group => new DssGroup(dss, manifest, group)).Concat(new InstallAksPluginTask(dss, DssStage.Vault).Declare(manifest));
    }

    internal static JsonObject Preset(JsonNode? settings, string name) => settings!["presets"]!.AsArray().OfType<JsonObject>().Single(preset => $"{preset["name"]}" == name);

    /// <summary>What is theirs, as DSS keeps it.</summary>
    private static string Theirs(DssStage stage)
    {
        var settings = JsonNode.Parse(File.ReadAllText(Path.Combine(stage.Server.Folder, "config", "plugin-settings.json")))!["aks-clusters"];
        return Preset(settings, "theirs").ToJsonString() + settings!["permissions"]!.ToJsonString();
    }
}
