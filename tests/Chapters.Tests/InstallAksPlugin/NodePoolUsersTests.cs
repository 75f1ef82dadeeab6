using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters.Tests;

/// <summary>Who may use a Node pools preset.</summary>
public sealed class NodePoolUsersTests
{
    [Fact]
    public async Task Who_may_use_a_pool_is_left_to_people_until_the_manifest_says_it()
    {
        var manifest = Everything.Read("aks.nodePools[gpu].allowedGroups=[data-scientists]");
        await using var stage = await DssStage.StartAsync();
        Assert.Equal("", await stage.MakeAsync(PluginTests.Plugin(stage, manifest)));
        var fresh = Users(await stage.SeeAsync(PluginTests.Settings), "nodes");
        await stage.BendAsync(PluginTests.Settings, settings =>
        {
            foreach (var pool in (string[])["nodes", "gpu"]) (PluginTests.Preset(settings, pool)["defaultPermission"], PluginTests.Preset(settings, pool)["permissions"]) = (Json.Of(new { use = false }), Json.Of(new[] { new { group = "readers", use = true } }));
        }, "POST");

        var plan = await stage.PlanAsync(PluginTests.Plugin(stage, manifest));
        var failures = await stage.MakeAsync(PluginTests.Plugin(stage, Everything.Read("aks.nodePools[gpu].allowedGroups=[data-scientists]", "aks.nodePools[nodes].nodes=5")));
        var (theirs, ours) = (Users(await stage.SeeAsync(PluginTests.Settings), "nodes"), Users(await stage.SeeAsync(PluginTests.Settings), "gpu"));
        var stated = await stage.MakeAsync(PluginTests.Plugin(stage, Everything.Read("aks.nodePools[nodes].allowedGroups=[]")));
        var all = Users(await stage.SeeAsync(PluginTests.Settings), "nodes");

        Assert.Equal(("", ""), (failures, stated));
        Assert.All(DssPromisesTests.Paths(plan).Split(' '), path => Assert.StartsWith("dss/pluginPreset/node-pool-request/gpu/permissions", path, StringComparison.Ordinal));
        Assert.Equal(("everybody", "readers", "data-scientists", "everybody"), (fresh, theirs, ours, all));
    }

    /// <summary>The groups that may use a preset, or everybody.</summary>
    private static string Users(JsonNode? settings, string name)
    {
        var preset = PluginTests.Preset(settings, name);
        var groups = preset["permissions"]!.AsArray().Where(one => (bool)one!["use"]!).Select(one => $"{one!["group"]}");
        return string.Join(' ', (bool)preset["defaultPermission"]!["use"]! ? ["everybody", .. groups] : groups);
    }
}
