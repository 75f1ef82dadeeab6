using DssPipeline.Convergence;
using DssPipeline.Sandbox;

namespace DssPipeline.Planes.Tests;

/// <summary>The real Azure.Identity against the sandbox's Entra.</summary>
public sealed class SignInTests : IAsyncLifetime
{
    private const string Id = "/subscriptions/" + SandboxIds.Subscription + "/resourceGroups/none";

    private readonly string folder = Directory.CreateTempSubdirectory("planes-tests-").FullName;
    private SandboxServer sandbox = null!;
    private Remote remote = null!;

    private SandboxEndpoints World => sandbox.Endpoints;

    private string CaFile => Path.Combine(folder, "trusted.pem");

    public async ValueTask InitializeAsync()
    {
        sandbox = await SandboxServer.StartAsync(new SandboxOptions { StateFolder = folder }, default);
        remote = await Remote.StartAsync();
        await File.WriteAllTextAsync(CaFile, await File.ReadAllTextAsync(World.CaFile) + await File.ReadAllTextAsync(Certificates.CaFile));
    }

    public async ValueTask DisposeAsync()
    {
        await remote.DisposeAsync();
        await sandbox.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_client_secret_is_found_in_the_environment() =>
        await AssertSignedInAsync(With(new() { ["AZURE_TENANT_ID"] = World.TenantId, ["AZURE_CLIENT_ID"] = World.ClientId, ["AZURE_CLIENT_SECRET"] = World.ClientSecret }));

    [Fact]
    public async Task A_job_of_github_signs_in_without_a_secret() => await AssertSignedInAsync(With(GitHub));

    [Fact]
    public async Task A_job_of_azure_pipelines_signs_in_without_a_secret() => await AssertSignedInAsync(With(AzurePipelines));

    [Fact]
    public async Task The_machine_signs_in_as_itself() => await AssertSignedInAsync(With([]) with { Kind = SignInKind.ManagedIdentity });

    [Fact]
    public async Task One_token_serves_everybody()
    {
        var arm = ArmOf(With(GitHub));

        await Task.WhenAll(Enumerable.Range(0, 20).Select(number => arm.GetAsync($"{Id}{number}", "2025-04-01", default)));

        Assert.Equal(1, Tokens);
    }

    [Fact]
    public async Task A_run_outlives_its_tokens_and_brings_a_fresh_assertion_each_time()
    {
        var clock = new SkippingClock(TimeProvider.System.GetUtcNow());
        sandbox.Faults.Add(FaultScript.Parse("short-token@POST * lifetime=20s").OrThrow());
        var arm = ArmOf(With(GitHub), clock);

        for (var time = 0; time < 3; time++)
        {
            await arm.GetAsync(Id, "2025-04-01", default);
            clock.Skip(TimeSpan.FromSeconds(25));
        }

        Assert.Equal(3, Tokens);
        Assert.Equal(3, sandbox.Requests.Count(request => request.Endpoint == Endpoint.Oidc));
    }

    [Theory]
    [InlineData("wrong", "", "Client secret is wrong")]
    [InlineData("", "11111111-1111-4111-8111-111111111111", "Application unknown in the tenant")]
    public async Task What_entra_refuses_is_told(string secret, string client, string summary)
    {
        var signIn = With([]) with { Kind = SignInKind.ClientSecret, Tenant = World.TenantId, ClientId = client.Length > 0 ? client : World.ClientId, ClientSecret = new Secret(secret.Length > 0 ? secret : World.ClientSecret) };

        var failure = await Assert.ThrowsAsync<ProblemException>(() => ArmOf(signIn).GetAsync(Id, "2025-04-01", default));

        Assert.Equal(summary, failure.Problems[0].Summary);
        Assert.DoesNotContain(World.ClientSecret, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_identity_token_is_told()
    {
        var signIn = With(new(GitHub) { ["ACTIONS_ID_TOKEN_REQUEST_TOKEN"] = "not-the-token" });

        var failure = await Assert.ThrowsAsync<ProblemException>(() => ArmOf(signIn).GetAsync(Id, "2025-04-01", default));

        Assert.Equal("Pipeline refuses an identity token", failure.Problems[0].Summary);
        Assert.DoesNotContain("not-the-token", failure.ToString(), StringComparison.Ordinal);
    }

    private int Tokens => sandbox.Requests.Count(request => request.Endpoint == Endpoint.Entra && request.Method == "POST");

    private Dictionary<string, string> GitHub => new(StringComparer.Ordinal)
    {
        ["ACTIONS_ID_TOKEN_REQUEST_URL"] = World.GitHubOidc.RequestUrl,
        ["ACTIONS_ID_TOKEN_REQUEST_TOKEN"] = World.GitHubOidc.RequestToken,
        ["AZURE_TENANT_ID"] = World.TenantId,
        ["AZURE_CLIENT_ID"] = World.ClientId,
    };

    private Dictionary<string, string> AzurePipelines => new(StringComparer.Ordinal)
    {
        ["SYSTEM_OIDCREQUESTURI"] = World.AzurePipelinesOidc.RequestUrl,
        ["SYSTEM_ACCESSTOKEN"] = World.AzurePipelinesOidc.RequestToken,
        ["AZURESUBSCRIPTION_SERVICE_CONNECTION_ID"] = World.ServiceConnectionId,
        ["AZURE_TENANT_ID"] = World.TenantId,
        ["AZURE_CLIENT_ID"] = World.ClientId,
    };

    private static SignIn With(Dictionary<string, string> variables) => new() { Variable = variables.GetValueOrDefault };

    private Arm ArmOf(SignIn signIn, TimeProvider? clock = null)
    {
        var options = new ArmOptions
        {
            Deployment = "prod",
            Endpoints = new AzureEndpoints { Arm = remote.Uri, Authority = World.Authority, Imds = World.Imds, CaFile = CaFile },
        };
        return new(options, Credentials.For(signIn, options.Endpoints, options.Redactor, clock ?? TimeProvider.System), clock ?? TimeProvider.System);
    }

    private async Task AssertSignedInAsync(SignIn signIn)
    {
        await ArmOf(signIn).GetAsync(Id, "2025-04-01", default);

        Assert.StartsWith("Bearer eyJ", Assert.Single(remote.Asked).Headers["Authorization"], StringComparison.Ordinal);
    }
}
