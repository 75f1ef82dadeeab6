using System.Net.Sockets;
using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;
using DssPipeline.Planes.Tests;
using DssPipeline.Tests;

namespace DssPipeline.Chapters.Tests;

/// <summary>DSS as what lives in it sees it.</summary>
public sealed class DssPublicApiTests : IAsyncLifetime
{
    private TestDss server = null!;

    public async ValueTask InitializeAsync() => server = await TestDss.StartAsync("14.2.0");

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task It_is_there_when_it_answers_the_key()
    {
        await using var dss = Of(server.AdminKey);

        var seen = await new DssPublicApi(dss) { StandsOn = [] }.ObserveAsync(CancellationToken.None);

        Assert.Equal(("yes", "14.2.0"), ((string?)seen!["answers"], (string?)seen["version"]));
    }

    [Theory]
    [InlineData(null, "No key for DSS")]
    [InlineData("a-key-that-was-revoked", "DSS does not know the key")]
    public async Task A_key_that_it_does_not_answer_is_mended_by_the_machines_part_and_told_when_that_did_not_help(string? key, string summary)
    {
        await using var dss = Of(key);
        var api = new DssPublicApi(dss) { StandsOn = [] };

        var seen = await api.ObserveAsync(CancellationToken.None);
        var problem = (await Assert.ThrowsAsync<ProblemException>(() => api.ApplyAsync(new(api, Verb.Create, api.Desired, null, []), CancellationToken.None))).Problems.Single();

        Assert.Null(seen);
        Assert.Equal(summary, problem.Summary);
    }

    [Fact]
    public async Task A_DSS_that_is_down_is_absent_with_all_that_is_in_it()
    {
        await using var dss = Of(server.AdminKey, _ => throw new SocketException((int)SocketError.ConnectionRefused));
        var manifest = Examples.Read("minimal", "containers.registryUrl=cr.example.com", "policy.allowDelete=[dss/sparkConfig/old]");
        var task = new ConfigureSparkTask(dss, DssStage.Vault);

        var plan = await new Rollout(new Graph([new Part("InstallDss", "", [new DssPublicApi(dss) { StandsOn = [] }], []), new Part("ConfigureSpark", "", [.. task.Declare(manifest)], [.. task.Search(manifest)])]), new RolloutOptions(), new SkippingClock(), new Progress<Happening>()).PlanAsync(CancellationToken.None);

        Assert.All(plan.Changes, change => Assert.Equal(Verb.Create, change.Verb));
    }

    [Theory]
    [InlineData("14.4.0", "14.2.0", "14.2.0", Verb.Keep, null)]
    [InlineData("10.0.7", "14.2.0", null, Verb.Refuse, "Version of DSS is too old")]
    [InlineData("10.0.7", "14.2.0", "10.0.7", Verb.Update, null)]
    [InlineData("16.0.0", "15.0.0", "16.0.0", Verb.Refuse, "Version of DSS is not known")]
    [InlineData("14.2.0", "15.0.0", "14.2.0", Verb.Update, null)]
    [InlineData("14.2.0", "15.0.0", "15.0.0", Verb.Refuse, "DSS keeps its settings elsewhere")]
    [InlineData("14.2.0", "15.0.0", null, Verb.Refuse, "DSS keeps its settings elsewhere")]
    [InlineData("15.0.0", "14.2.0", "15.0.0", Verb.Refuse, "DSS keeps its settings elsewhere")]
    public async Task A_version_whose_settings_are_elsewhere_is_refused_by_the_plan_unless_the_plan_upgrades_it(string running, string wished, string? installed, Verb verb, string? summary)
    {
        await using var stage = await DssStage.StartAsync("", running);
        var dss = stage.Client(DssVersion.Parse(wished)!);

        var plan = await stage.PlanAsync([new DssPublicApi(dss) { StandsOn = [], Installation = new Installed(stage.Server, wished) { Version = installed } }]);
        var change = plan.Changes.Single();

        Assert.Equal((verb, summary), (change.Verb, change.Problem?.Summary));
        if (verb is Verb.Update) Assert.Equal($"/settings: as DSS {running} keeps them → as DSS {wished} keeps them", string.Join(' ', change.Differences.Select(difference => $"{difference.Path}: {difference.Before} → {difference.After}")));
    }

    [Fact]
    public async Task What_the_same_run_upgrades_is_written_as_the_new_version_keeps_it()
    {
        await using var stage = await DssStage.StartAsync("", SettingsKinds.Flat);
        var dss = stage.Client(DssVersion.Parse(SettingsKinds.Split)!);
        var upgrade = new Installed(stage.Server, SettingsKinds.Split) { Version = SettingsKinds.Flat };
        var api = new DssPublicApi(dss) { StandsOn = [upgrade.Id], Installation = upgrade };

        var failures = await stage.MakeAsync([upgrade, api, .. SettingsKinds.All["executionConfig"].Wish(dss, SettingsKinds.Read(SettingsKinds.Split))]);
        var settings = await stage.SeeAsync(SettingsEntry.General);

        Assert.Equal("", failures);
        Assert.Equal("large", $"{SettingsKinds.Named(settings!["containerSettings"]!["executionConfigs"]!, "large")["imageBuildConfig"]}");
    }

    [Fact]
    public async Task Settings_are_not_written_to_a_version_that_keeps_them_elsewhere_whoever_asks()
    {
        await using var stage = await DssStage.StartAsync("", SettingsKinds.Flat);
        var dss = stage.Client(DssVersion.Parse(SettingsKinds.Split)!);
        var before = await stage.SeeAsync(SettingsEntry.General);

        var failures = await stage.MakeAsync(SettingsKinds.All["sparkConfig"].Wish(dss, SettingsKinds.Read(SettingsKinds.Split)));

        Assert.Contains("DSS keeps its settings elsewhere", failures, StringComparison.Ordinal);
        Assert.Equal(before!.ToJsonString(), (await stage.SeeAsync(SettingsEntry.General))!.ToJsonString());
    }

    private Dss Of(string? key, Func<CancellationToken, ValueTask<Stream>>? connect = null) => new(
        new() { Host = Examples.Read("minimal").Names.Dss, Address = server.Address, Key = _ => Task.FromResult(key is null ? null : new Secret(key)), Connect = connect is null ? null : (_, cancel) => connect(cancel), Retry = new() { Attempts = 2 } },
        new SkippingClock());

    /// <summary>The installation on the machine, which an upgrade brings to the wished version.</summary>
    private sealed class Installed(TestDss server, string wished) : Resource(new("machine", "dssInstance", "demo"))
    {
        public string? Version { get; set; }

        public override JsonNode Desired => Json.Of(new { version = wished });

        public override Task<JsonNode?> ObserveAsync(CancellationToken cancel) => Task.FromResult(Version is null ? null : (JsonNode?)Json.Of(new { version = Version }));

        public override async Task ApplyAsync(Change change, CancellationToken cancel)
        {
            await server.RestartAsync(wished);
            Version = wished;
        }
    }
}
