using System.Net.Sockets;
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

    private Dss Of(string? key, Func<CancellationToken, ValueTask<Stream>>? connect = null) => new(
        new() { Host = Examples.Read("minimal").Names.Dss, Address = server.Address, Key = _ => Task.FromResult(key is null ? null : new Secret(key)), Connect = connect is null ? null : (_, cancel) => connect(cancel), Retry = new() { Attempts = 2 } },
        new SkippingClock());
}
