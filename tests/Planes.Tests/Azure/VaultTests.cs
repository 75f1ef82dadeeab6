using System.Net.Http.Headers;
using System.Net.Http.Json;
using Azure.Core;
using DssPipeline.Convergence;
using DssPipeline.Sandbox;

namespace DssPipeline.Planes.Tests;

/// <summary>The real client library against the sandbox's vaults over TLS, on a clock on which waiting costs nothing.</summary>
public sealed class VaultTests : IAsyncLifetime
{
    private const string Name = "kv-rehearsal";

    private readonly string folder = Directory.CreateTempSubdirectory("planes-tests-").FullName;
    private readonly SkippingClock clock = new(TimeProvider.System.GetUtcNow());
    private readonly Redactor redactor = new();
    private SandboxServer sandbox = null!;

    public async ValueTask InitializeAsync() => sandbox = await SandboxServer.StartAsync(new SandboxOptions { StateFolder = folder, Clock = clock }, default);

    public async ValueTask DisposeAsync()
    {
        await sandbox.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task What_is_written_is_read_and_masked()
    {
        await VaultOf(new Redactor()).WriteAsync(Name, "admin-key", new("first-value"), default);
        await VaultOf(new Redactor()).WriteAsync(Name, "admin-key", new("second-value"), default);

        var read = await Vault.ReadAsync(Name, "admin-key", default);

        Assert.Equal("second-value", read?.Reveal());
        Assert.Equal("it is (secret).", redactor.Clean("it is second-value."));
    }

    [Fact]
    public async Task A_written_value_is_masked_too()
    {
        await Vault.WriteAsync(Name, "admin-key", new("written-value"), default);

        Assert.Equal("(secret)", redactor.Clean("written-value"));
    }

    [Fact]
    public async Task An_absent_secret_is_nothing() => Assert.Null(await Vault.ReadAsync(Name, "admin-key", default));

    [Fact]
    public async Task Vaults_do_not_share_secrets()
    {
        await Vault.WriteAsync("kv-one", "admin-key", new("of the first"), default);

        Assert.Null(await Vault.ReadAsync("kv-two", "admin-key", default));
    }

    [Fact]
    public async Task A_deleted_secret_is_recovered_and_written()
    {
        await Vault.WriteAsync(Name, "admin-key", new("before"), default);
        await AskAsync(HttpMethod.Delete, "secrets/admin-key");
        var gone = await Vault.ReadAsync(Name, "admin-key", default);

        await Vault.WriteAsync(Name, "admin-key", new("after"), default);

        Assert.Null(gone);
        Assert.Equal("after", (await Vault.ReadAsync(Name, "admin-key", default))?.Reveal());
    }

    [Theory]
    [InlineData("429@* times=2 retry-after=3")]
    [InlineData("503@* times=2")]
    [InlineData("drop-before@* times=2")]
    [InlineData("409@* times=2")]
    [InlineData("role-delay@* times=9")]
    public async Task Faults_on_the_way_are_outlived(string fault)
    {
        await Vault.WriteAsync(Name, "admin-key", new("value"), default);
        sandbox.Faults.Add(FaultScript.Parse(fault.Replace("@*", "@GET */secrets/*", StringComparison.Ordinal)).OrThrow());

        var read = await Vault.ReadAsync(Name, "admin-key", default);

        Assert.Equal("value", read?.Reveal());
        Assert.Contains(sandbox.Requests, request => request.Fault is not null);
    }

    [Fact]
    public async Task Rights_are_waited_for_as_long_as_a_grant_takes_and_only_once()
    {
        sandbox.Faults.Add(FaultScript.Parse("role-delay@GET *").OrThrow());
        var vault = Vault;

        var first = await Assert.ThrowsAsync<ProblemException>(() => vault.ReadAsync(Name, "admin-key", default));
        var waited = clock.Seconds.Sum();
        await Assert.ThrowsAsync<ProblemException>(() => vault.ReadAsync(Name, "other-key", default));

        Assert.Equal("Not allowed in the vault", first.Problems[0].Summary);
        Assert.InRange(waited, 120, 240);
        Assert.Equal(waited, clock.Seconds.Sum());
    }

    [Fact]
    public async Task A_vault_that_is_never_reached_is_told_soon()
    {
        var vault = new Vault(Endpoints with { Vault = "https://127.0.0.1:1/{name}" }, Credential, redactor, clock);

        var failure = await Assert.ThrowsAsync<ProblemException>(() => vault.ReadAsync(Name, "admin-key", default));

        Assert.Equal("Connection refused", failure.Problems[0].Summary);
        Assert.True(clock.Waits.Count <= 2, string.Join(' ', clock.Waits));
    }

    [Theory]
    [InlineData("ForbiddenByConnection", "Vault closed to this network")]
    [InlineData("ForbiddenByFirewall", "Vault closed to this network")]
    public async Task A_closed_network_is_not_waited_for(string code, string summary)
    {
        sandbox.Faults.Add(FaultScript.Parse($"403@GET * code={code}").OrThrow());

        var failure = await Assert.ThrowsAsync<ProblemException>(() => Vault.ReadAsync(Name, "admin-key", default));

        Assert.Equal(summary, failure.Problems[0].Summary);
        Assert.Contains(Name, failure.Problems[0].Detail, StringComparison.Ordinal);
        Assert.Empty(clock.Waits);
    }

    [Fact]
    public async Task A_disabled_secret_is_told_with_the_command_that_enables_it()
    {
        await PutAsync(new { value = "value", attributes = new { enabled = false } });

        var failure = await Assert.ThrowsAsync<ProblemException>(() => Vault.ReadAsync(Name, "admin-key", default));

        Assert.Equal("Secret is disabled", failure.Problems[0].Summary);
        Assert.Equal("az keyvault secret set-attributes --vault-name kv-rehearsal --name admin-key --enabled true", failure.Problems[0].Command);
    }

    [Theory]
    [InlineData("exp", -60)]
    [InlineData("nbf", 60)]
    public async Task A_secret_out_of_its_time_is_told_and_masked(string date, int minutes)
    {
        await PutAsync(new { value = "late-value", attributes = new Dictionary<string, long>(StringComparer.Ordinal) { [date] = clock.GetUtcNow().AddMinutes(minutes).ToUnixTimeSeconds() } });

        var failure = await Assert.ThrowsAsync<ProblemException>(() => Vault.ReadAsync(Name, "admin-key", default));

        Assert.Equal("Secret out of its time", failure.Problems[0].Summary);
        Assert.Equal("(secret)", redactor.Clean("late-value"));
    }

    private Vault Vault => VaultOf(redactor);

    private Vault VaultOf(Redactor redactor) => new(Endpoints, Credential, redactor, clock);

    private Task PutAsync(object secret) => AskAsync(HttpMethod.Put, "secrets/admin-key", JsonContent.Create(secret));

    private async Task AskAsync(HttpMethod method, string path, HttpContent? content = null)
    {
        using var http = Trust.Client(Endpoints);
        using var request = new HttpRequestMessage(method, $"{sandbox.Endpoints.KeyVault}{Name}/{path}?api-version=7.6") { Content = content };
        var token = await Credential.GetTokenAsync(new TokenRequestContext(["https://vault.azure.net/.default"]), default);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Token);
        using var answer = await http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }

    private AzureEndpoints Endpoints => new() { Arm = sandbox.Endpoints.Arm, Authority = sandbox.Endpoints.Authority, CaFile = sandbox.Endpoints.CaFile, Vault = $"{sandbox.Endpoints.KeyVault}{{name}}" };

    private TokenCredential Credential => Credentials.For(
        new SignIn { Kind = SignInKind.ClientSecret, Tenant = sandbox.Endpoints.TenantId, ClientId = sandbox.Endpoints.ClientId, ClientSecret = new Secret(sandbox.Endpoints.ClientSecret) },
        Endpoints,
        new Redactor(),
        clock);
}
