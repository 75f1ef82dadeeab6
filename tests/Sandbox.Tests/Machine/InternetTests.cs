using System.Text.Json.Nodes;
using static DssPipeline.Sandbox.Tests.MachineIdentities;

namespace DssPipeline.Sandbox.Tests;

/// <summary>What a machine reaches by the real names of Azure, trusting what its system trusts.</summary>
public sealed class InternetTests
{
    private const string Metadata = "curl -sS -H Metadata:true http://169.254.169.254/metadata";
    private const string Status = "curl -sS -o /dev/null -w '%{http_code}'";

    [Fact]
    public async Task A_machine_is_told_about_itself_and_takes_tokens_of_its_own_identities_alone()
    {
        await using var world = await MachineWorld.StartAsync();
        var (one, other) = (await IdentityAsync(world, "id-one"), await IdentityAsync(world, "id-other"));
        var without = await world.SshAsync($"{Metadata}/identity/oauth2/token?api-version=2018-02-01\\&resource=https://management.azure.com/");
        await HaveAsync(world, one);

        var instance = JsonNode.Parse(await world.SshAsync($"{Metadata}/instance?api-version=2019-04-30"))!["compute"]!;
        var leaf = await world.SshAsync($"{Metadata}/instance/compute/location?api-version=2019-04-30\\&format=text");
        var token = await TokenAsync(world);
        var foreign = await world.SshAsync($"{Metadata}/identity/oauth2/token?api-version=2018-02-01\\&resource=https://management.azure.com/\\&client_id={other["properties"]!["clientId"]}");
        var group = await world.SshAsync($"{Status} -H 'Authorization: Bearer {token["access_token"]}' https://management.azure.com/subscriptions/{instance["subscriptionId"]}/resourceGroups/{instance["resourceGroupName"]}?api-version=2025-04-01");

        Assert.Equal("Identity not found", (string?)JsonNode.Parse(without)!["error_description"]);
        Assert.Equal(("rg", "westeurope", "vm-one", world.Client.Endpoints.SubscriptionId), ((string?)instance["resourceGroupName"], (string?)instance["location"], (string?)instance["name"], (string?)instance["subscriptionId"]));
        Assert.Equal("westeurope", leaf);
        Assert.Equal((string?)one["properties"]!["clientId"], (string?)token["client_id"]);
        Assert.Equal("Identity not found", (string?)JsonNode.Parse(foreign)!["error_description"]);
        Assert.Equal("200", group);
    }

    [Fact]
    public async Task One_of_several_identities_must_be_named()
    {
        await using var world = await MachineWorld.StartAsync();
        await HaveAsync(world, await IdentityAsync(world, "id-one"), await IdentityAsync(world, "id-two"));

        var answer = await world.SshAsync($"{Metadata}/identity/oauth2/token?api-version=2018-02-01\\&resource=https://management.azure.com/");

        Assert.StartsWith("Multiple user assigned identities exist", (string?)JsonNode.Parse(answer)!["error_description"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_come_and_go_with_what_has_them()
    {
        await using var world = await MachineWorld.StartAsync();
        await RegisterAsync(world);
        const string Registry = "providers/Microsoft.ContainerRegistry/registries/acrone";

        var before = await world.SshAsync("getent ahostsv4 acrone.azurecr.io || echo nowhere");
        await world.MakeAsync(Registry, "2025-11-01", new { location = "westeurope", sku = new { name = "Standard" }, properties = new { } });
        await world.MakeAsync("providers/Microsoft.Storage/storageAccounts/stone", "2025-06-01", new { location = "westeurope", kind = "StorageV2", sku = new { name = "Standard_LRS" }, properties = new { isHnsEnabled = true } });
        await world.MakeAsync("providers/Microsoft.KeyVault/vaults/kv-one", "2026-02-01", new { location = "westeurope", properties = new { tenantId = SandboxIds.Tenant, sku = new { family = "A", name = "standard" } } });
        var answers = await world.SshAsync($"for address in acrone.azurecr.io/v2/ stone.blob.core.windows.net/c stone.dfs.core.windows.net/c kv-one.vault.azure.net/secrets/s login.microsoftonline.com/common/discovery/keys; do {Status} https://$address; echo; done");
        await world.DeleteAsync(Registry, "2025-11-01");
        var after = await world.SshAsync("getent ahostsv4 acrone.azurecr.io || echo nowhere");

        Assert.Equal("nowhere", before);
        Assert.Equal(["401", "401", "401", "401", "200"], answers.Split('\n'));
        Assert.Equal("nowhere", after);
    }

    [Fact]
    public async Task A_cluster_answers_by_its_own_name_and_trusted()
    {
        await using var world = await MachineWorld.StartAsync();
        await RegisterAsync(world);
        var cluster = await world.MakeAsync("providers/Microsoft.ContainerService/managedClusters/aks", "2025-10-01", new
        {
            location = "westeurope",
            identity = new { type = "SystemAssigned" },
            properties = new { dnsPrefix = "aks", agentPoolProfiles = new[] { new { name = "system", count = 1, vmSize = "Standard_D4s_v5", mode = "System" } } },
        });

        var answer = await world.SshAsync($"{Status} https://{cluster["properties"]!["fqdn"]}/api/v1/nodes");
        var nowhere = await world.SshAsync("getent ahostsv4 other-dns-12345678.hcp.westeurope.azmk8s.io || echo nowhere");

        Assert.Equal("401", answer);
        Assert.Equal("nowhere", nowhere);
    }

    [Fact]
    public async Task A_registry_without_public_access_lets_machines_in()
    {
        await using var world = await MachineWorld.StartAsync();
        await RegisterAsync(world);
        await world.MakeAsync("providers/Microsoft.ContainerRegistry/registries/acrone", "2025-11-01", new { location = "westeurope", sku = new { name = "Premium" }, properties = new { publicNetworkAccess = "Disabled" } });

        using var outside = await world.Client.SendAsync(HttpMethod.Get, "https://acrone.azurecr.io/v2/", token: null);
        var inside = await world.SshAsync($"{Status} https://acrone.azurecr.io/v2/");

        Assert.Equal(403, (int)outside.StatusCode);
        Assert.Equal("401", inside);
    }

    private static async Task<JsonNode> TokenAsync(MachineWorld world) =>
        JsonNode.Parse(await world.SshAsync($"{Metadata}/identity/oauth2/token?api-version=2018-02-01\\&resource=https://management.azure.com/"))!;
}
