using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Sandbox;
using DssPipeline.Tests;

namespace DssPipeline.Chapters.Tests;

/// <summary>Everything that really arrives at DSS for the AKS plugin while the chapters run, held to the plugin's own descriptions.</summary>
public sealed class PayloadsOnTheWireTests
{
    private const string FromAnArchive = "plugin from an archive, plugin updated, code environment, code environment again, settings, preset connection-info, preset connection-info-v2, preset node-pool-request";

    /// <summary>All that a run ever sends for the plugin.</summary>
    private const string Kinds = "changed attach-aks-cluster, changed create-aks-cluster, cluster removed, code environment, code environment again, macro test-network, new attach-aks-cluster, new create-aks-cluster, plugin from an archive, plugin from git, "
        + "plugin from the store, plugin updated, preset cluster-identity, preset connection-info, preset connection-info-v2, preset node-pool-request, settings, start, stop";

    public static TheoryData<string> Stories => [.. WireStory.All.Select(story => story.Name)];

    [Theory, MemberData(nameof(Stories))]
    public async Task Every_body_that_arrives_is_as_the_plugin_describes_it(string name)
    {
        var story = WireStory.All.Single(story => story.Name == name);
        var (wire, first) = (new Wire(), story.Read());
        await using var stage = await ClusterStage.StartAsync(first, new SandboxDssOptions { Folder = "", Tap = wire.Tap, Kubectl = "true", Habits = story.Habits });

        var failures = new List<string> { await stage.MakeAllAsync(first) };
        var before = wire.All.Count;
        failures.Add(await stage.MakeAllAsync(first));
        var sentAgain = wire.All.Skip(before).Where(sent => sent.Method != "GET").Select(sent => $"{sent.Method} {sent.Path}").ToList();
        foreach (var change in story.Changes) failures.Add(await change(stage, story));

        Assert.True(failures.All(failure => failure is ""), string.Join('\n', failures));
        Assert.Equal([], sentAgain);
        Right(wire, story.Kinds);
    }

    [Fact]
    public async Task So_is_what_brings_the_plugin_as_an_archive_and_updates_it_later()
    {
        var wire = new Wire();
        using var archive = PluginServer.Of("3.0.0");
        await using var stage = DssStage.Over(await TestDss.StartAsync(new SandboxDssOptions { Folder = "", Version = "14.2.0", Habits = "inline-futures", Tap = wire.Tap }));

        var brought = await stage.MakeAsync(Plugin(stage, $"aks.plugin={{ source: archive, url: \"{archive.Address}\", version: 3.0.0 }}"));
        var updated = await stage.MakeAsync(Plugin(stage, "aks.plugin={ version: 3.1.0 }"));

        Assert.Equal(("", ""), (brought, updated));
        Right(wire, FromAnArchive.Split(", "));
    }

    [Fact]
    public void Every_kind_of_body_arrives_in_one_of_the_stories() =>
        Assert.Equal(Kinds, Listed([.. WireStory.All.SelectMany(story => story.Kinds), .. FromAnArchive.Split(", ")]));

    [Theory]
    [InlineData("/params/config/serviceCIDR", null, "serviceCIDR is not stated")]
    [InlineData("/params/config/serviceCIDR", "\"\"", "serviceCIDR is mandatory and says nothing")]
    [InlineData("/params/config/privateAccess", "\"false\"", "privateAccess is no BOOLEAN: \"false\"")]
    [InlineData("/params/config/outboundType", "\"natGateway\"", "outboundType is no SELECT: \"natGateway\"")]
    [InlineData("/params/config/machineType", "1", "machineType is no parameter")]
    [InlineData("/params/config/nodeResourceGroup", "\"rg\"", "nodeResourceGroup is not asked for and says something")]
    [InlineData("/params/config/clusterIdentity/inlinedConfig/inheritDSSIdentity", null, "clusterIdentity: inheritDSSIdentity is not stated")]
    [InlineData("/params/config/nodePools", """[{"mode":"PRESET","name":"others"}]""", "nodePools names the node-pool-request others, which nobody wrote before")]
    [InlineData("/params/pluginConfig", "{}", "pluginConfig is not known")]
    [InlineData("/architecture", "\"HADOOP\"", "HADOOP is another architecture")]
    [InlineData("/owner", "\"admin\"", "owner is not known")]
    public void A_cluster_that_is_missing_something_wrong_or_unknown_would_be_found(string pointer, string? value, string offence)
    {
        var manifest = Examples.Read("reference");
        var body = (JsonObject)Json.Of(new { name = "aks", type = ClusterConfig.MadeType, architecture = "KUBERNETES", @params = new { config = new ClusterConfig(manifest, manifest.Aks.Clusters[0]).Made } });
        var right = Reader(manifest).Read(Post("admin/clusters/", body));

        var holder = Pointer.At(body, pointer[..pointer.LastIndexOf('/')])!.AsObject();
        if (value is null) holder.Remove(pointer.Split('/')[^1]);
        else holder[pointer.Split('/')[^1]] = JsonNode.Parse(value);
        var bent = Reader(manifest).Read(Post("admin/clusters/", body));

        Assert.Equal([], right.Single().Offences);
        Assert.Equal([offence], bent.Single().Offences);
    }

    [Fact]
    public void So_would_a_preset_a_macro_and_what_nobody_knows()
    {
        var manifest = Examples.Read("reference");
        var settings = Settings(manifest);
        var preset = settings["presets"]![0]!;
        (preset["config"]!["numNodes"], preset["owner"], preset["pluginConfig"]) = ("3", "admin", new JsonObject { ["a"] = 1 });
        preset["config"]!.AsObject().Remove("mode");

        var offences = new PluginPayloads().Read(Post("plugins/aks-clusters/settings", settings)).Single(payload => payload.Kind is "preset node-pool-request").Offences;
        var macro = new PluginPayloads().Read(Post("projects/A/runnables/pyrunnable_aks-clusters_resize-node-pool", (JsonObject)Json.Of(new { @params = new { clusterId = "aks", autoScaling = true, minNumNodes = 1, numNodes = 2, nodePoolId = "a" }, adminParams = new { } }))).Single();

        Assert.Equal(["owner is not known", "pluginConfig has no parameters", "mode is not stated", "numNodes is no INT: \"3\""], offences);
        Assert.Equal(["maxNumNodes is not stated"], macro.Offences);
        Assert.Throws<InvalidDataException>(() => new PluginPayloads().Read(Post("plugins/aks-clusters/actions/delete", new() { ["force"] = true })));
    }

    /// <summary>Nothing that arrived is wrong, and it was of these kinds.</summary>
    private static void Right(Wire wire, IEnumerable<string> kinds)
    {
        var reader = new PluginPayloads();
        var payloads = wire.All.SelectMany(reader.Read).ToList();
        var offences = payloads.SelectMany(payload => payload.Offences.Select(offence => $"{payload.Kind}: {offence}")).Distinct().ToList();

        Assert.True(offences is [], string.Join('\n', offences));
        Assert.Equal(Listed(kinds), Listed(payloads.Select(payload => payload.Kind)));
    }

    private static string Listed(IEnumerable<string> kinds) => string.Join(", ", kinds.Distinct().Order(StringComparer.Ordinal));

    private static IEnumerable<Resource> Plugin(DssStage stage, string set)
    {
        var (dss, manifest) = (stage.Client(), Everything.Read(set));
        return [.. manifest.Dss.Groups.Select(group => new DssGroup(dss, manifest, group)), .. new InstallAksPluginTask(dss, DssStage.Vault).Declare(manifest)];
    }

    private static Sent Post(string path, JsonObject body) => new("POST", $"/public/api/{path}", body.ToJsonString());

    /// <summary>A reader that has seen the presets of the manifest.</summary>
    private static PluginPayloads Reader(Manifest manifest)
    {
        var reader = new PluginPayloads();
        Assert.All(reader.Read(Post("plugins/aks-clusters/settings", Settings(manifest))), payload => Assert.Equal([], payload.Offences));
        return reader;
    }

    /// <summary>The settings of the plugin with the first pool and the first connection of the manifest.</summary>
    private static JsonObject Settings(Manifest manifest)
    {
        var (pool, connection) = (manifest.Aks.NodePools[0], new ConnectionPreset(manifest, manifest.Aks.Connections[0]));
        return new()
        {
            ["accessibleParameterSetDescs"] = new JsonArray(Json.Of(new { id = NodePoolPreset.Set, elementType = "T1" }), Json.Of(new { id = connection.Set, elementType = "T2" })),
            ["presets"] = new JsonArray(Preset(pool.Name, "T1", new NodePoolPreset(manifest, pool).Config), Preset(manifest.Aks.Connections[0].Name, "T2", connection.ConfigWith(new Secret("hunter2")))),
        };
    }

    private static JsonNode Preset(string name, string type, JsonObject config) => Json.Of(new { name, type, config, pluginConfig = new { }, defaultPermission = new { use = true }, permissions = Array.Empty<object>() });
}
