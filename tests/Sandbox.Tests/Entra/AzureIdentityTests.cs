using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;

namespace DssPipeline.Sandbox.Tests;

/// <summary>The real client library signs in, with nothing changed but where its connections go and whom they trust.</summary>
public sealed class AzureIdentityTests
{
    private static readonly TokenRequestContext Arm = new(["https://management.azure.com/.default"]);

    [Fact]
    public async Task ClientSecretCredential_signs_in()
    {
        await using var sandbox = await SandboxClient.StartAsync();
        var world = sandbox.Endpoints;
        var credential = new ClientSecretCredential(world.TenantId, world.ClientId, world.ClientSecret, Options(new ClientSecretCredentialOptions { AuthorityHost = world.Authority, DisableInstanceDiscovery = true }, world));

        var token = await credential.GetTokenAsync(Arm, CancellationToken.None);

        await AssertAcceptedAsync(sandbox, token);
    }

    [Fact]
    public async Task ClientSecretCredential_signs_in_at_the_real_authority_led_to_the_sandbox()
    {
        await using var sandbox = await SandboxClient.StartAsync();
        var world = sandbox.Endpoints;
        var credential = new ClientSecretCredential(world.TenantId, world.ClientId, world.ClientSecret, Options(new ClientSecretCredentialOptions(), world));

        var token = await credential.GetTokenAsync(Arm, CancellationToken.None);

        await AssertAcceptedAsync(sandbox, token);
    }

    [Fact]
    public async Task A_wrong_secret_fails_with_the_code_of_entra()
    {
        await using var sandbox = await SandboxClient.StartAsync();
        var world = sandbox.Endpoints;
        var credential = new ClientSecretCredential(world.TenantId, world.ClientId, "wrong", Options(new ClientSecretCredentialOptions { AuthorityHost = world.Authority, DisableInstanceDiscovery = true }, world));

        var problem = await Assert.ThrowsAsync<AuthenticationFailedException>(async () => await credential.GetTokenAsync(Arm, CancellationToken.None));

        Assert.Contains("AADSTS7000215", problem.InnerException!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ClientAssertionCredential_signs_in_with_a_token_of_github()
    {
        await using var sandbox = await SandboxClient.StartAsync();
        var world = sandbox.Endpoints;
        var credential = new ClientAssertionCredential(
            world.TenantId,
            world.ClientId,
            async cancel => await GitHubTokenAsync(sandbox),
            Options(new ClientAssertionCredentialOptions { AuthorityHost = world.Authority, DisableInstanceDiscovery = true }, world));

        var token = await credential.GetTokenAsync(Arm, CancellationToken.None);

        await AssertAcceptedAsync(sandbox, token);
    }

    [Fact]
    public async Task AzurePipelinesCredential_signs_in()
    {
        await using var sandbox = await SandboxClient.StartAsync();
        var world = sandbox.Endpoints;
        Environment.SetEnvironmentVariable("SYSTEM_OIDCREQUESTURI", world.AzurePipelinesOidc.RequestUrl);
        var credential = new AzurePipelinesCredential(
            world.TenantId,
            world.ClientId,
            world.ServiceConnectionId,
            world.AzurePipelinesOidc.RequestToken,
            Options(new AzurePipelinesCredentialOptions { AuthorityHost = world.Authority, DisableInstanceDiscovery = true }, world));

        var token = await credential.GetTokenAsync(Arm, CancellationToken.None);

        await AssertAcceptedAsync(sandbox, token);
    }

    [Fact]
    public async Task ManagedIdentityCredential_signs_in_as_the_machine()
    {
        await using var sandbox = await SandboxClient.StartAsync();
        var credential = new ManagedIdentityCredential(new ManagedIdentityCredentialOptions(ManagedIdentityId.SystemAssigned) { Transport = Transport(sandbox.Endpoints) });

        var token = await credential.GetTokenAsync(Arm, CancellationToken.None);

        await AssertAcceptedAsync(sandbox, token);
    }

    [Fact]
    public async Task A_short_token_is_replaced_by_the_library_on_its_next_use()
    {
        await using var sandbox = await SandboxClient.StartAsync(options => options with { Faults = FaultScript.Parse("short-token@POST * lifetime=20s").OrThrow() });
        var world = sandbox.Endpoints;
        var credential = new ClientSecretCredential(world.TenantId, world.ClientId, world.ClientSecret, Options(new ClientSecretCredentialOptions { AuthorityHost = world.Authority, DisableInstanceDiscovery = true }, world));

        await credential.GetTokenAsync(Arm, CancellationToken.None);
        await credential.GetTokenAsync(Arm, CancellationToken.None);

        Assert.Equal(2, sandbox.Server.Requests.Count(request => request.Endpoint == Endpoint.Entra && request.Method == "POST"));
    }

    private static async Task AssertAcceptedAsync(SandboxClient sandbox, Azure.Core.AccessToken token)
    {
        using var answer = await sandbox.SendAsync(HttpMethod.Get, sandbox.Group("rg-none"), token.Token);

        Assert.NotEqual(System.Net.HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private static async Task<string> GitHubTokenAsync(SandboxClient sandbox)
    {
        var (url, token) = sandbox.Endpoints.GitHubOidc;
        using var answer = await sandbox.SendAsync(HttpMethod.Get, $"{url}&audience=api://AzureADTokenExchange", token);
        return (string)(await SandboxClient.JsonOf(answer))["value"]!;
    }

    private static T Options<T>(T options, SandboxEndpoints world)
        where T : TokenCredentialOptions
    {
        options.Transport = Transport(world);
        options.Retry.MaxRetries = 0;
        return options;
    }

    private static HttpClientTransport Transport(SandboxEndpoints world) => new(new HttpClient(SandboxTransport.Handler(world)));
}
