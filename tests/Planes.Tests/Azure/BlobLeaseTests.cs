using System.Net.Http.Headers;
using Azure.Core;
using DssPipeline.Convergence;
using DssPipeline.Sandbox;
using DssPipeline.Sandbox.Tests;

namespace DssPipeline.Planes.Tests;

/// <summary>Leases against the sandbox's blob service, whose clock is not the holder's: a holder that hangs is one whose clock stands still.</summary>
public sealed class BlobLeaseTests : IAsyncLifetime
{
    private static readonly BlobAddress Blob = new("stlock", "dss-pipeline", "prod.lock");
    private static readonly LeaseHolder Ada = new("ada", "build-1", "https://ci.example/run/7", new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));
    private static readonly LeaseHolder Bob = new("bob", "build-2", null, new(2026, 1, 1, 12, 1, 0, TimeSpan.Zero));

    private readonly string folder = Directory.CreateTempSubdirectory("planes-tests-").FullName;
    private readonly ManualClock azure = new();
    private readonly ManualClock clock = new();
    private SandboxServer sandbox = null!;

    public async ValueTask InitializeAsync()
    {
        sandbox = await SandboxServer.StartAsync(new SandboxOptions { StateFolder = folder, Clock = azure }, default);
        using var http = Trust.Client(Endpoints);
        using var request = new HttpRequestMessage(HttpMethod.Put, $"{sandbox.Endpoints.Blob}{Blob.Account}/{Blob.Container}?restype=container");
        var token = await Credential.GetTokenAsync(new TokenRequestContext(["https://storage.azure.com/.default"]), default);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Token);
        using var answer = await http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        await sandbox.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Whoever_finds_it_taken_is_told_by_whom()
    {
        await using var held = await TakenAsync(Ada);

        var reply = await Leases().TakeAsync(Blob, Bob, default);

        Assert.Equal(new LeaseOccupied(Ada, clock.GetUtcNow() + BlobLeases.Term), reply);
    }

    [Fact]
    public async Task It_is_free_again_once_it_is_released()
    {
        var first = await TakenAsync(Ada);

        var error = await first.ReleaseAsync();
        await using var second = await TakenAsync(Bob);
        await first.DisposeAsync();

        Assert.Null(error);
        Assert.Null(first.Loss);
        Assert.IsType<LeaseOccupied>(await Leases().TakeAsync(Blob, Ada, default));
    }

    [Fact]
    public async Task It_outlives_its_term_as_long_as_its_holder_lives()
    {
        await using var held = await TakenAsync(Ada);

        for (var round = 0; round < 4; round++) await RenewedAsync();
        var reply = await Leases(new ManualClock()).TakeAsync(Blob, Bob, default);

        Assert.IsType<LeaseOccupied>(reply);
        Assert.False(held.Cancel.IsCancellationRequested);
    }

    [Fact]
    public async Task A_holder_that_hangs_is_outlived_after_a_term_and_learns_that_it_lost()
    {
        await using var hanging = await TakenAsync(Ada);

        azure.Advance(BlobLeases.Term - TimeSpan.FromSeconds(1));
        var early = await Leases(new ManualClock()).TakeAsync(Blob, Bob, default);
        azure.Advance(TimeSpan.FromSeconds(1));
        var late = await Leases(new ManualClock()).TakeAsync(Blob, Bob, default);
        clock.Advance(TimeSpan.FromSeconds(20));
        await EndedAsync(hanging.Cancel);

        Assert.IsType<LeaseOccupied>(early);
        await using var second = Assert.IsType<LeaseTaken>(late).Lease;
        Assert.Equal("The lock was lost", hanging.Loss?.Summary);
        Assert.Contains("LeaseIdMismatchWithLeaseOperation", hanging.Loss!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_renewal_that_is_forbidden_ends_what_is_done_under_the_lease()
    {
        await using var held = await TakenAsync(Ada);
        sandbox.Faults.Add(FaultScript.Parse("role-delay@PUT *").OrThrow());

        clock.Advance(TimeSpan.FromSeconds(20));
        await EndedAsync(held.Cancel);

        Assert.Equal("The lock was lost", held.Loss?.Summary);
        Assert.Contains("prod.lock", held.Loss!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Releasing_a_lease_whose_container_went_away_is_no_loss()
    {
        var held = await TakenAsync(Ada);
        sandbox.Faults.Add(FaultScript.Parse("404@PUT * code=ContainerNotFound").OrThrow());

        var error = await held.ReleaseAsync();

        Assert.Null(error);
        Assert.Null(held.Loss);
        Assert.False(held.Cancel.IsCancellationRequested);
    }

    [Fact]
    public async Task Cancelling_the_run_ends_what_is_done_under_the_lease_without_a_loss()
    {
        using var run = new CancellationTokenSource();
        await using var held = Assert.IsType<LeaseTaken>(await Leases().TakeAsync(Blob, Ada, run.Token)).Lease;

        await run.CancelAsync();

        Assert.True(held.Cancel.IsCancellationRequested);
        Assert.Null(held.Loss);
    }

    [Theory]
    [InlineData("429@PUT * times=2 retry-after=0")]
    [InlineData("503@PUT * times=2 retry-after=0")]
    [InlineData("500@HEAD * times=2 retry-after=0")]
    public async Task Faults_on_the_way_are_outlived(string fault)
    {
        sandbox.Faults.Add(FaultScript.Parse(fault).OrThrow());

        await using var held = await TakenAsync(Ada);
        var other = await Leases().TakeAsync(Blob, Bob, default);

        Assert.Equal(Ada, Assert.IsType<LeaseOccupied>(other).Holder);
        Assert.Contains(sandbox.Requests, request => request.Fault is not null);
    }

    [Theory]
    [InlineData("role-delay@PUT *", 403, "AuthorizationPermissionMismatch")]
    [InlineData("404@PUT * code=ContainerNotFound", 404, "ContainerNotFound")]
    public async Task A_closed_container_is_told_as_it_is(string fault, int status, string code)
    {
        sandbox.Faults.Add(FaultScript.Parse(fault).OrThrow());

        var reply = await Leases().TakeAsync(Blob, Ada, default);

        var error = Assert.IsType<LeaseOutOfReach>(reply).Error;
        Assert.Equal((status, code), (error.Status, error.Code));
    }

    [Fact]
    public async Task Names_that_fit_no_header_are_made_to_fit()
    {
        await using var held = await TakenAsync(Ada with { Who = "Zoë\r\nx-evil: 1" });

        var reply = await Leases().TakeAsync(Blob, Bob, default);

        Assert.Equal("Zo???x-evil: 1", Assert.IsType<LeaseOccupied>(reply).Holder.Who);
    }

    private async Task<HeldLease> TakenAsync(LeaseHolder holder) => Assert.IsType<LeaseTaken>(await Leases().TakeAsync(Blob, holder, default)).Lease;

    /// <summary>Twenty seconds pass for everybody, and the holder has renewed.</summary>
    private async Task RenewedAsync()
    {
        await clock.WaitedForAsync(TimeSpan.FromSeconds(20));
        var before = sandbox.Requests.Count(request => request.Endpoint is Endpoint.Blob);
        azure.Advance(TimeSpan.FromSeconds(20));
        clock.Advance(TimeSpan.FromSeconds(20));
        while (sandbox.Requests.Count(request => request.Endpoint is Endpoint.Blob) == before) await Task.Yield();
    }

    private static async Task EndedAsync(CancellationToken token)
    {
        var ended = new TaskCompletionSource();
        await using var registration = token.Register(ended.SetResult);
        await ended.Task;
    }

    private BlobLeases Leases(TimeProvider? own = null) => new(Endpoints, Credential, new Redactor(), own ?? clock);

    private AzureEndpoints Endpoints => new() { Arm = sandbox.Endpoints.Arm, Authority = sandbox.Endpoints.Authority, CaFile = sandbox.Endpoints.CaFile, Blob = $"{sandbox.Endpoints.Blob}{{name}}" };

    private TokenCredential Credential => Credentials.For(
        new SignIn { Kind = SignInKind.ClientSecret, Tenant = sandbox.Endpoints.TenantId, ClientId = sandbox.Endpoints.ClientId, ClientSecret = new Secret(sandbox.Endpoints.ClientSecret) },
        Endpoints,
        new Redactor(),
        clock);
}
