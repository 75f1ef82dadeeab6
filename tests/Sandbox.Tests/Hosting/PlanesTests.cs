using System.Net;
using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox.Tests;

/// <summary>What one endpoint makes, the others see: it is one world.</summary>
public sealed class PlanesTests
{
    private const string Account = "Microsoft.Storage/storageAccounts/stplanes";
    private const string Container = $"{Account}/blobServices/default/containers/state";

    [Fact]
    public async Task Any_subscription_that_a_manifest_names_is_there()
    {
        await using var sandbox = await SandboxClient.StartAsync();
        var url = $"{sandbox.Endpoints.Arm}subscriptions/01234567-89ab-4cde-8f01-23456789abcd/resourceGroups/rg-any?api-version=2025-04-01";

        using var made = await sandbox.SendAsync(HttpMethod.Put, url, await sandbox.TokenAsync(SandboxClient.Arm), """{"location":"westeurope"}""");
        using var read = await sandbox.SendAsync(HttpMethod.Get, url, await sandbox.TokenAsync(SandboxClient.Arm));

        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.Contains("/subscriptions/01234567-89ab-4cde-8f01-23456789abcd/", (string?)(await SandboxClient.JsonOf(read))["id"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_container_made_through_resource_manager_takes_blobs()
    {
        await using var sandbox = await SandboxClient.StartAsync();
        var world = await ArmCaller.OpenAsync(sandbox);
        await world.MakeAccountAsync(Account);
        await world.MakeAsync(Container, "2025-06-01", "{}");

        using var put = await BlobAsync(sandbox, HttpMethod.Put, "state/lock");
        using var missing = await BlobAsync(sandbox, HttpMethod.Put, "other/lock");

        Assert.Equal(HttpStatusCode.Created, put.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    [Fact]
    public async Task A_container_made_through_the_data_plane_is_seen_by_resource_manager_and_deleted_there_too()
    {
        await using var sandbox = await SandboxClient.StartAsync();
        var world = await ArmCaller.OpenAsync(sandbox);
        await world.MakeAccountAsync(Account);

        using var made = await BlobAsync(sandbox, HttpMethod.Put, "state?restype=container");
        using var seen = await world.SendAsync(HttpMethod.Get, Container, "2025-06-01");
        using var deleted = await world.SendAsync(HttpMethod.Delete, Container, "2025-06-01");
        using var gone = await BlobAsync(sandbox, HttpMethod.Get, "state?restype=container");

        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.Equal(HttpStatusCode.OK, seen.StatusCode);
        Assert.Equal(HttpStatusCode.OK, deleted.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task A_user_assigned_identity_gets_tokens_from_the_machine_under_each_of_its_names()
    {
        await using var sandbox = await SandboxClient.StartAsync();
        var world = await ArmCaller.OpenAsync(sandbox);
        var identity = await world.MakeAsync("Microsoft.ManagedIdentity/userAssignedIdentities/id-planes", "2024-11-30", """{"location":"westeurope"}""");
        var (client, principal, id) = ((string)identity["properties"]!["clientId"]!, (string)identity["properties"]!["principalId"]!, (string)identity["id"]!);

        string[] names = [$"client_id={client}", $"object_id={principal}", $"msi_res_id={Uri.EscapeDataString(id)}"];
        var answers = await Task.WhenAll(names.Select(name => sandbox.SendAsync(
            HttpMethod.Get, $"{sandbox.Endpoints.Imds}metadata/identity/oauth2/token?api-version=2018-02-01&resource=https://management.azure.com/&{name}", token: null, json: null, ("Metadata", "true"))));
        var bodies = await Task.WhenAll(answers.Select(SandboxClient.JsonOf));

        Assert.All(bodies, body => Assert.Equal(client, (string?)body["client_id"]));
    }

    [Fact]
    public async Task A_pipeline_signs_in_as_an_identity_that_trusts_it_and_as_no_other()
    {
        await using var sandbox = await SandboxClient.StartAsync();
        var world = await ArmCaller.OpenAsync(sandbox);
        var trusting = await world.MakeAsync("Microsoft.ManagedIdentity/userAssignedIdentities/id-one", "2024-11-30", """{"location":"westeurope"}""");
        var other = await world.MakeAsync("Microsoft.ManagedIdentity/userAssignedIdentities/id-two", "2024-11-30", """{"location":"westeurope"}""");
        await world.MakeAsync(
            "Microsoft.ManagedIdentity/userAssignedIdentities/id-one/federatedIdentityCredentials/github",
            "2024-11-30",
            $$$"""{"properties":{"issuer":"{{{FederatedCredential.GitHub.Issuer}}}","subject":"{{{FederatedCredential.GitHub.Subject}}}","audiences":["api://AzureADTokenExchange"]} }""");

        using var welcome = await SignInAsync(sandbox, trusting);
        using var refused = await SignInAsync(sandbox, other);

        Assert.Equal(HttpStatusCode.OK, welcome.StatusCode);
        Assert.Contains("AADSTS70021:", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_written_through_resource_manager_is_read_in_its_vault()
    {
        await using var sandbox = await SandboxClient.StartAsync();
        var world = await ArmCaller.OpenAsync(sandbox);
        await world.MakeAsync("Microsoft.KeyVault/vaults/kv-planes", "2026-02-01", $$$"""{"location":"westeurope","properties":{"tenantId":"{{{SandboxIds.Tenant}}}","sku":{"family":"A","name":"standard"} } }""");
        await world.MakeAsync("Microsoft.KeyVault/vaults/kv-planes/secrets/admin", "2026-02-01", """{"properties":{"value":"first"}}""");
        await world.MakeAsync("Microsoft.KeyVault/vaults/kv-planes/secrets/admin", "2026-02-01", """{"properties":{"value":"second"}}""");

        using var read = await sandbox.SendAsync(HttpMethod.Get, "https://kv-planes.vault.azure.net/secrets/admin?api-version=7.4", await sandbox.TokenAsync(SandboxClient.Vault));

        Assert.Equal("second", (string?)(await SandboxClient.JsonOf(read))["value"]);
    }

    [Fact]
    public async Task An_operation_that_must_fail_fails_after_it_was_accepted()
    {
        await using var sandbox = await SandboxClient.StartAsync(options => options with { Faults = FaultScript.Parse("fail-operation@PUT *storageAccounts* times=1 code=AllocationFailed").OrThrow() });
        var world = await ArmCaller.OpenAsync(sandbox);
        await world.MakeGroupAsync();

        using var accepted = await world.SendAsync(HttpMethod.Put, Account, "2025-06-01", ArmCaller.AccountBody);
        var failed = await world.PollAsync(accepted);

        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        Assert.Contains("AllocationFailed", failed, StringComparison.Ordinal);
        Assert.Equal(1, sandbox.Server.Faults.Hits(sandbox.Server.Faults.Rules[0]));
    }

    private static async Task<HttpResponseMessage> BlobAsync(SandboxClient sandbox, HttpMethod method, string path) =>
        await sandbox.SendAsync(method, $"https://stplanes.blob.core.windows.net/{path}", await sandbox.TokenAsync(SandboxClient.Storage), json: null, ("x-ms-blob-type", "BlockBlob"));

    private static async Task<HttpResponseMessage> SignInAsync(SandboxClient sandbox, JsonNode identity)
    {
        var (url, request) = sandbox.Endpoints.GitHubOidc;
        using var pipeline = await sandbox.SendAsync(HttpMethod.Get, $"{url}&audience=api://AzureADTokenExchange", request);
        return await sandbox.SignInAsync(new(StringComparer.Ordinal)
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = (string)identity["properties"]!["clientId"]!,
            ["scope"] = $"{SandboxClient.Arm}/.default",
            ["client_assertion"] = (string)(await SandboxClient.JsonOf(pipeline))["value"]!,
        });
    }
}
