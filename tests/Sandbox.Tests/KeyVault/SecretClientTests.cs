using Azure;
using Azure.Core.Pipeline;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;

namespace DssPipeline.Sandbox.Tests;

/// <summary>The real client library, with vaults under their real names and only its connections led to the sandbox.</summary>
public sealed class SecretClientTests
{
    [Fact]
    public async Task SecretClient_sets_reads_lists_and_deletes()
    {
        await using var sandbox = await SandboxClient.StartAsync();
        var client = Client(sandbox.Endpoints);

        await client.SetSecretAsync("admin-key", "first");
        await client.SetSecretAsync("admin-key", "second");
        var read = await client.GetSecretAsync("admin-key");
        var versions = await client.GetPropertiesOfSecretVersionsAsync("admin-key").CountAsync();
        var names = await client.GetPropertiesOfSecretsAsync().Select(secret => secret.Name).ToListAsync();
        var deleted = await client.StartDeleteSecretAsync("admin-key");
        var missing = await Assert.ThrowsAsync<RequestFailedException>(() => client.GetSecretAsync("admin-key"));

        Assert.Equal("second", read.Value.Value);
        Assert.Equal(2, versions);
        Assert.Equal(["admin-key"], names);
        Assert.Equal("admin-key", deleted.Value.Name);
        Assert.Equal("SecretNotFound", missing.ErrorCode);
    }

    private static SecretClient Client(SandboxEndpoints world)
    {
        var transport = new HttpClientTransport(new HttpClient(SandboxTransport.Handler(world)));
        var credential = new ClientSecretCredential(world.TenantId, world.ClientId, world.ClientSecret, new ClientSecretCredentialOptions { Transport = transport });
        return new SecretClient(new Uri("https://kv-rehearsal.vault.azure.net"), credential, new SecretClientOptions { Transport = transport });
    }
}
