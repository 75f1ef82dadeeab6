using DssPipeline.Convergence;
using DssPipeline.Planes;
using DssPipeline.Sandbox;
using DssPipeline.Tests;

namespace DssPipeline.Chapters.Tests;

/// <summary>The chapters inside DSS, made by the real engine and the real client, while somebody else edits the same documents.</summary>
public sealed class InterleavedEditsTests
{
    private static readonly string[] Habits = ["", "redact-secrets,404-for-missing", "empty-secrets,500-for-missing", "absent-secrets", "keep-unknown"];

    private static readonly string[] Faults = ["", "drop-after@PUT *general-settings nth=3 on=dss; 502@PUT *variables* nth=4 on=dss", "429@PUT * every=5 retry-after=1 on=dss; drop-after@POST *settings nth=2 on=dss"];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 100)];

    [Theory, MemberData(nameof(Seeds))]
    public async Task Nothing_of_theirs_is_lost_and_all_of_ours_is_there_in_the_end(int seed)
    {
        var version = seed % 2 == 0 ? SettingsKinds.Flat : SettingsKinds.Split;
        var manifest = SettingsKinds.Read(version);
        using var somebody = new Somebody(seed);
        await using var stage = DssStage.InOrder(await TestDss.StartAsync(new SandboxDssOptions { Folder = "", Version = version, Habits = Habits[seed % Habits.Length], Before = somebody.MeetAsync }));
        stage.Server.Faults.Add(Faults[seed % Faults.Length]);
        somebody.Enter(stage.Server);

        var failures = await stage.MakeAsync(Ours(stage.Client(), manifest, seed));
        var lost = await somebody.LostAsync();
        var last = await stage.PlanAsync(Ours(stage.Client(), manifest, seed));

        Assert.Equal("", failures);
        Assert.True(lost is [], string.Join(' ', lost));
        Assert.True(last.IsEmpty, DssPromisesTests.Paths(last));
        Assert.True(somebody.Between > 0, $"{somebody.Edits} edits, and none of them between two requests for the same document.");
        Assert.All(await SecretsAsync(stage), secret => Assert.StartsWith("e:AES:", secret, StringComparison.Ordinal));
    }

    /// <summary>Those of others, as DSS keeps them, whatever it showed meanwhile.</summary>
    private static async Task<IReadOnlyList<string>> SecretsAsync(DssStage stage)
    {
        stage.Server.Faults.Clear();
        stage.Server.Behave("encrypt-secrets");
        var configs = (await stage.SeeAsync(SettingsEntry.General))!["containerSettings"]!["executionConfigs"]!.AsArray();
        return [.. configs.Where(config => $"{config!["name"]}".StartsWith("theirs", StringComparison.Ordinal)).Select(config => $"{config!["properties"]![0]!["value"]}")];
    }

    /// <summary>All that lies in documents which others write too. The plugin takes longest, so every fourth run has it.</summary>
    private static IEnumerable<Resource> Ours(Dss dss, Manifest manifest, int seed) =>
    [
        .. manifest.Dss.Groups.Select(group => new DssGroup(dss, manifest, group)),
        .. new ConfigureContainersTask(dss, DssStage.Vault).Declare(manifest),
        .. new ConfigureSparkTask(dss, DssStage.Vault).Declare(manifest),
        .. manifest.Aks.Clusters.Select(cluster => DssStage.There(manifest.Names.For(cluster).InDss)),
        .. new UseClusterTask(dss).Declare(manifest),
        .. seed % 4 == 0 ? new InstallAksPluginTask(dss, DssStage.Vault).Declare(manifest) : [],
    ];
}
