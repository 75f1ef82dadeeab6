using System.Net;
using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox.Tests;

/// <summary>Speaks to the Resource Manager of a sandbox about one resource group.</summary>
internal sealed class ArmCaller(SandboxClient sandbox, string token)
{
    public const string AccountBody = """{"location":"westeurope","kind":"StorageV2","sku":{"name":"Standard_LRS"},"properties":{"isHnsEnabled":true}}""";

    private const int Patience = 20;

    private static readonly string[] Providers = ["Microsoft.Storage", "Microsoft.KeyVault", "Microsoft.ManagedIdentity", "Microsoft.ContainerService", "Microsoft.ContainerRegistry", "Microsoft.Network"];

    public static async Task<ArmCaller> OpenAsync(SandboxClient sandbox) => new(sandbox, await sandbox.TokenAsync(SandboxClient.Arm));

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string resource, string version, string? body = null) =>
        sandbox.SendAsync(method, $"{Group}/providers/{resource}?api-version={version}", token, body);

    /// <summary>Makes the group and registers the providers, which a fresh subscription asks for like a real one.</summary>
    public async Task MakeGroupAsync()
    {
        foreach (var provider in Providers)
        {
            using var registered = await sandbox.SendAsync(HttpMethod.Post, $"{Subscription}/providers/{provider}/register?api-version=2021-04-01", token);
        }

        using var made = await sandbox.SendAsync(HttpMethod.Put, $"{Group}?api-version=2025-04-01", token, """{"location":"westeurope"}""");
    }

    public async Task<JsonNode> MakeAsync(string resource, string version, string body)
    {
        await MakeGroupAsync();
        using var answer = await SendAsync(HttpMethod.Put, resource, version, body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        if (answer.StatusCode == HttpStatusCode.Accepted) await PollAsync(answer);
        using var read = await SendAsync(HttpMethod.Get, resource, version);
        return await SandboxClient.JsonOf(read);
    }

    public Task<JsonNode> MakeAccountAsync(string resource) => MakeAsync(resource, "2025-06-01", AccountBody);

    /// <summary>The last answer of an operation.</summary>
    public async Task<string> PollAsync(HttpResponseMessage accepted)
    {
        for (var asked = 0; asked < Patience; asked++)
        {
            using var answer = await sandbox.SendAsync(HttpMethod.Get, accepted.Headers.Location!.ToString(), token);
            if (answer.StatusCode != HttpStatusCode.Accepted) return await answer.Content.ReadAsStringAsync();
        }

        throw new InvalidOperationException("The operation does not end.");
    }

    private string Subscription => $"{sandbox.Endpoints.Arm}subscriptions/{sandbox.Endpoints.SubscriptionId}";

    private string Group => $"{Subscription}/resourceGroups/rg-planes";
}
