using DssPipeline.Convergence;
using DssPipeline.Sandbox;

namespace DssPipeline.Chapters.Tests;

/// <summary>Everything that really arrives at DSS for the AKS plugin while the chapters run, held to the plugin's own descriptions.</summary>
public sealed class PayloadsOnTheWireTests
{
    public static TheoryData<string> Stories => [.. WireStory.All.Select(story => story.Name)];

    [Theory, MemberData(nameof(Stories))]
    public async Task Every_body_that_arrives_is_as_the_plugin_describes_it(string name)
    {
        var story = WireStory.All.Single(story => story.Name == name);
        var (wire, first) = (new Wire(), story.Read());
        await using var stage = await ClusterStage.StartAsync(first, new SandboxDssOptions { Folder = "", Tap = wire.Tap, Kubectl = "true", Habits = story.Habits });

        var deployed = await stage.MakeAllAsync(first);
        var before = wire.All.Count;
        var again = await stage.MakeAllAsync(first);
        var sentAgain = wire.All.Skip(before).Where(sent => sent.Method != "GET").Select(sent => $"{sent.Method} {sent.Path}").ToList();
        var failures = new List<string> { deployed, again };
        foreach (var change in story.Changes) failures.Add(await change(stage, story));
        var payloads = Payloads(wire);

        Assert.True(failures.All(failure => failure is ""), string.Join('\n', failures));
        Assert.Equal([], sentAgain);
        Assert.Equal([], payloads.SelectMany(payload => payload.Offences.Select(offence => $"{payload.Kind}: {offence}")).Distinct());
        Assert.Equal(Listed(story.Kinds), Listed(payloads.Select(payload => payload.Kind)));
    }

    private static string Listed(IEnumerable<string> kinds) => string.Join(", ", kinds.Distinct().Order(StringComparer.Ordinal));

    private static List<PluginPayload> Payloads(Wire wire)
    {
        var reader = new PluginPayloads();
        return [.. wire.All.SelectMany(reader.Read)];
    }
}
