using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using DssPipeline.Chapters;
using DssPipeline.Convergence;
using DssPipeline.Planes;
using DssPipeline.Sandbox;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>The secrets of a rehearsal: what others keep in their vaults, and what is absent here.</summary>
public sealed class StandInTests : IAsyncLifetime
{
    private static readonly Manifest Production = Examples.Read("production");

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rehearsal-");
    private readonly Redactor redactor = new();
    private SandboxServer sandbox = null!;

    public async ValueTask InitializeAsync() => sandbox = await SandboxServer.StartAsync(new SandboxOptions { StateFolder = folder.FullName, TenantId = Production.Azure.Tenant }, default);

    public async ValueTask DisposeAsync()
    {
        await sandbox.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Every_secret_of_a_vault_of_others_is_found()
    {
        var made = await new StandIns(Vault, Production).PlaceAsync(default);

        Assert.Equal(["dss-adls-secret", "dss-certificate", "dss-certificate-key", "dss-license"], made.Select(secret => secret.Name).Order(StringComparer.Ordinal));
        Assert.All(SecretKeys.In(Production), secret => Assert.NotNull(secret.Value.Kept));
        foreach (var (key, value) in SecretKeys.In(Production)) Assert.NotEmpty((await new Revealing(Vault).RevealAsync(value, key, default)).Reveal());
    }

    [Fact]
    public async Task Certificate_and_key_belong_together_and_the_license_is_a_document()
    {
        await new StandIns(Vault, Production).PlaceAsync(default);

        var certificate = await RevealAsync(Production.Dss.Https.Certificate!, "dss.https.certificate");
        var key = await RevealAsync(Production.Dss.Https.Key!, "dss.https.key");
        using var pair = X509Certificate2.CreateFromPem(certificate, key);
        using var license = JsonDocument.Parse(await RevealAsync(Production.Dss.License!, "dss.license"));

        Assert.True(pair.HasPrivateKey && pair.MatchesHostname("dss.example.com"));
        Assert.Equal(JsonValueKind.Object, license.RootElement.GetProperty("licenseContent").ValueKind);
    }

    [Fact]
    public async Task What_is_there_stays()
    {
        await Vault.WriteAsync("kv-platform", "dss-license", new("written by hand"), default);
        await new StandIns(Vault, Production).PlaceAsync(default);
        var before = await RevealAsync(Production.Dss.Https.Certificate!, "dss.https.certificate");

        var made = await new StandIns(Vault, Production).PlaceAsync(default);

        Assert.Empty(made);
        Assert.Equal("written by hand", await RevealAsync(Production.Dss.License!, "dss.license"));
        Assert.Equal(before, await RevealAsync(Production.Dss.Https.Certificate!, "dss.https.certificate"));
    }

    [Fact]
    public async Task What_stands_in_for_an_absent_variable_is_the_same_in_every_run()
    {
        var manifest = Production with { Dss = Production.Dss with { AdminPassword = SecretValue.StandIn("${env:ADMIN_PASSWORD}") } };
        await new StandIns(Vault, manifest).PlaceAsync(default);
        var first = await RevealAsync(manifest.Dss.AdminPassword, "dss.adminPassword");
        await new StandIns(Vault, manifest).PlaceAsync(default);

        Assert.Equal(first, await RevealAsync(manifest.Dss.AdminPassword, "dss.adminPassword"));
        Assert.Equal("(secret)", redactor.Clean(first));
        Assert.Equal("a rehearsal", redactor.Clean("a rehearsal"));
    }

    [Fact]
    public async Task The_vault_of_the_deployment_is_left_to_the_deployment()
    {
        var own = SecretValue.In(new(Production.Names.KeyVault.Name, "dss-license"));
        var manifest = Production with { Dss = Production.Dss with { License = own } };
        await new StandIns(Vault, manifest).PlaceAsync(default);

        var failure = await Assert.ThrowsAsync<ProblemException>(() => RevealAsync(own, "dss.license"));

        Assert.Equal("Secret is not in its vault", failure.Problems[0].Summary);
        Assert.Contains("dss.license is ${keyvault:kv-dss-prod/dss-license}", failure.Problems[0].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_known_since_reading_asks_nobody()
    {
        Assert.Equal("known", await RevealAsync(SecretValue.Of("${env:X}", new("known")), "dss.license"));
        Assert.DoesNotContain(sandbox.Requests, request => request.Endpoint is Endpoint.KeyVault);
    }

    private async Task<string> RevealAsync(SecretValue value, string key) => (await new Revealing(Vault).RevealAsync(value, key, default)).Reveal();

    private Vault Vault
    {
        get
        {
            var endpoints = new AzureEndpoints { Arm = sandbox.Endpoints.Arm, Authority = sandbox.Endpoints.Authority, CaFile = sandbox.Endpoints.CaFile, Vault = $"{sandbox.Endpoints.KeyVault}{{name}}" };
            var signIn = new SignIn { Kind = SignInKind.ClientSecret, Tenant = sandbox.Endpoints.TenantId, ClientId = sandbox.Endpoints.ClientId, ClientSecret = new Secret(sandbox.Endpoints.ClientSecret) };
            return new(endpoints, Credentials.For(signIn, endpoints, redactor, TimeProvider.System), redactor);
        }
    }
}
