using DssPipeline.Convergence;
using DssPipeline.Planes;
using DssPipeline.Sandbox;
using DssPipeline.Tests;

namespace DssPipeline.Chapters.Tests;

/// <summary>The chapters inside DSS, made by the real engine and the real client, while somebody else edits the same documents.</summary>
public sealed class InterleavedEditsTests(SharedAzure azure) : IClassFixture<SharedAzure>
{
    private const string Password = "hunter2";
    private const string ClientSecret = "sandbox-only-secret";
    private const string Users = "admin/users/";

    private static readonly string[] Habits = ["", "redact-secrets,404-for-missing", "empty-secrets,500-for-missing", "absent-secrets", "keep-unknown"];

    private static readonly string[] Faults = ["", "drop-after@PUT *general-settings nth=3 on=dss; 502@PUT *variables* nth=4 on=dss", "429@PUT * every=5 retry-after=1 on=dss; drop-after@POST *settings nth=2 on=dss"];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 100)];

    [Theory, MemberData(nameof(Seeds))]
    public async Task Nothing_of_theirs_is_lost_and_all_of_ours_is_there_in_the_end(int seed)
    {
        var manifest = SettingsKinds.Read(VersionOf(seed));
        using var somebody = new Somebody(seed);
        await using var stage = DssStage.InOrder(await TestDss.StartAsync(new SandboxDssOptions { Folder = "", Version = VersionOf(seed), Habits = HabitsOf(seed), Before = somebody.MeetAsync, Azure = azure.Stage.Azure.Endpoints }));
        stage.Server.Faults.Add(FaultsOf(seed));
        somebody.Enter(stage.Server);

        var failures = await stage.MakeAsync(Ours(stage.Client(), manifest, seed));
        var lost = await somebody.LostAsync();
        var last = await stage.PlanAsync(Ours(stage.Client(), manifest, seed));

        Assert.Equal("", failures);
        Assert.True(lost is [], string.Join(' ', lost));
        Assert.True(last.IsEmpty, DssPromisesTests.Paths(last));
        Assert.True(somebody.Between > 0, $"{somebody.Edits} edits, and none of them between two requests for the same document.");
        Assert.Equal(Wished(seed, somebody), Told(KeptSecrets.Of(stage.Server)));
        foreach (var (login, password) in Passwords(somebody)) Assert.True(await stage.Server.LetsInAsync(login, password), $"The password of {login} is another.");
    }

    [Fact]
    public void Every_version_has_the_plugin_and_goes_without_it_with_each_habit_and_each_fault()
    {
        var runs = Seeds.Select(row => row.Data).Select(seed => (VersionOf(seed), HasPlugin(seed), HabitsOf(seed), FaultsOf(seed))).Distinct();

        Assert.Equal(2 * 2 * Habits.Length * Faults.Length, runs.Count());
    }

    private static string VersionOf(int seed) => seed % 2 == 0 ? SettingsKinds.Flat : SettingsKinds.Split;

    private static string HabitsOf(int seed) => Habits[seed % Habits.Length];

    private static string FaultsOf(int seed) => Faults[seed % Faults.Length];

    /// <summary>Whether a run has the plugin and a cluster; else it has connections.</summary>
    private static bool HasPlugin(int seed) => seed % 4 < 2;

    /// <summary>All that lies in documents which others write too.</summary>
    private IEnumerable<Resource> Ours(Dss dss, Manifest manifest, int seed) =>
    [
        .. manifest.Dss.Groups.Select(group => new DssGroup(dss, manifest, group)),
        .. manifest.Dss.Users.Select(user => new DssUser(dss, DssStage.Vault, manifest, user) { StandsOn = DssGroup.Of(manifest, user.Groups) }),
        .. new ConfigureContainersTask(dss, DssStage.Vault).Declare(manifest),
        .. new ConfigureSparkTask(dss, DssStage.Vault).Declare(manifest),
        .. HasPlugin(seed) ? Clusters(dss, manifest) : Connections(dss, manifest),
        .. new UseClusterTask(dss).Declare(manifest),
    ];

    /// <summary>The plugin, its presets, and the cluster as DSS defines it; whether it runs is in no document.</summary>
    private IEnumerable<Resource> Clusters(Dss dss, Manifest manifest) =>
    [
        .. new InstallAksPluginTask(dss, DssStage.Vault).Declare(manifest),
        .. new CreateAksTask(azure.Stage.Arm, dss, DssStage.Vault, Planes.Clusters.Closed("not looked into here")).Declare(manifest).OfType<DssCluster>(),
    ];

    private IEnumerable<Resource> Connections(Dss dss, Manifest manifest) =>
    [
        .. azure.Stage.Connections(manifest, dss),
        .. manifest.Aks.Clusters.Select(cluster => DssStage.There(manifest.Names.For(cluster).InDss)),
    ];

    /// <summary>All secrets that DSS must keep: ours as the manifest says, and theirs.</summary>
    private IEnumerable<string> Wished(int seed, Somebody somebody)
    {
        var ours = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["admin/general-settings/containerSettings/executionConfigs/large/properties/token/value"] = Password,
            ["admin/general-settings/sparkSettings/executionConfigs/spark-small/conf/spark.hadoop.secret/value"] = ClientSecret,
        };
        if (HasPlugin(seed)) ours["plugins/aks-clusters/settings/presets/aks-connection/config/password"] = ClientSecret;
        else (ours["admin/connections/adls-raw/params/appSecret"], ours["admin/connections/adls-managed/params/accessKey"]) = (ClientSecret, azure.Key);
        return Told(ours.Concat(somebody.Secrets.Where(secret => !secret.Key.StartsWith(Users, StringComparison.Ordinal))));
    }

    private static IEnumerable<string> Told(IEnumerable<KeyValuePair<string, string>> secrets) => secrets.Select(secret => $"{secret.Key}: {secret.Value}").Order(StringComparer.Ordinal);

    /// <summary>DSS keeps nothing of a password but a hash.</summary>
    private static IEnumerable<(string Login, string Password)> Passwords(Somebody somebody) => somebody.Secrets
        .Where(secret => secret.Key.StartsWith(Users, StringComparison.Ordinal))
        .Select(secret => (secret.Key.Split('/')[2], secret.Value))
        .Append(("ada", Password));
}
