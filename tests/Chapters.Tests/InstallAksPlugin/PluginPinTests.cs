using DssPipeline.Convergence;

namespace DssPipeline.Chapters.Tests;

/// <summary>A pinned version of the AKS plugin that the store has left behind.</summary>
public sealed class PluginPinTests
{
    [Fact]
    public async Task A_store_that_went_past_the_pin_is_asked_once_and_the_next_plan_says_what_to_do()
    {
        await using var stage = await DssStage.StartAsync();
        using var server = PluginServer.Of("2.9.0");
        var pinned = Everything.Read("aks.plugin={ version: 3.0.0 }");
        Assert.Equal("", await stage.MakeAsync(Alone(stage, Everything.Read($"aks.plugin={{ source: archive, url: \"{server.Address}\", version: 2.9.0 }}"))));

        var failures = await stage.MakeAsync(Alone(stage, pinned));
        var plan = await stage.PlanAsync(Alone(stage, pinned));
        var again = await stage.MakeAsync(Alone(stage, pinned));
        var repinned = await stage.PlanAsync(Alone(stage, Everything.Read("aks.plugin={ version: 3.1.0 }")));
        var (refused, updates) = (plan.Changes.Single(), stage.Server.Requests.Count(request => request.Path.EndsWith("/updateFromStore", StringComparison.Ordinal)));

        Assert.Contains("asks for 3.0.0, and the plugin store gave 3.1.0, which is installed now", failures, StringComparison.Ordinal);
        Assert.Equal((Verb.Refuse, "Plugin is newer than its pin"), (refused.Verb, refused.Problem!.Summary));
        Assert.Contains("Put the version to 3.1.0, or name the archive or the git reference of 3.0.0", refused.Problem.Detail, StringComparison.Ordinal);
        Assert.NotEqual("", again);
        Assert.Equal(1, updates);
        Assert.True(repinned.IsEmpty, DssPromisesTests.Paths(repinned));
    }

    [Fact]
    public async Task A_plugin_that_is_newer_than_its_pin_goes_back_by_an_archive()
    {
        await using var stage = await DssStage.StartAsync();
        using var server = PluginServer.Of("3.0.0");
        Assert.Equal("", await stage.MakeAsync(Alone(stage, Everything.Read())));

        var failures = await stage.MakeAsync(Alone(stage, Everything.Read($"aks.plugin={{ source: archive, url: \"{server.Address}\", version: 3.0.0 }}")));

        Assert.Equal("", failures);
        Assert.Equal("3.0.0", $"{(await stage.SeeAsync("plugins"))![0]!["version"]}");
    }

    private static IEnumerable<Resource> Alone(DssStage stage, Manifest manifest) => [new AksPlugin(stage.Client(), manifest)];
}
