using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox.Tests;

/// <summary>The identities that a machine has, and the providers around them.</summary>
internal static class MachineIdentities
{
    public static async Task RegisterAsync(MachineWorld world)
    {
        foreach (var provider in (string[])["Microsoft.ContainerRegistry", "Microsoft.Storage", "Microsoft.KeyVault", "Microsoft.ManagedIdentity", "Microsoft.ContainerService"])
        {
            var url = $"{world.Client.Endpoints.Arm}subscriptions/{world.Client.Endpoints.SubscriptionId}/providers/{provider}";
            await world.ArmAsync("POST", $"{url}/register?api-version=2021-04-01");
            for (var look = 0; look < 3; look++) await world.ArmAsync("GET", $"{url}?api-version=2021-04-01");
        }
    }

    public static async Task<JsonNode> IdentityAsync(MachineWorld world, string name)
    {
        await RegisterAsync(world);
        return await world.MakeAsync($"providers/Microsoft.ManagedIdentity/userAssignedIdentities/{name}", "2024-11-30", new { location = "westeurope" });
    }

    public static async Task HaveAsync(MachineWorld world, params JsonNode[] identities)
    {
        var borrowed = new JsonObject(identities.Select(identity => KeyValuePair.Create((string)identity["id"]!, (JsonNode?)new JsonObject())));
        var (status, answer) = await world.ArmAsync("PATCH", MachineWorld.Vm(), body: new JsonObject { ["identity"] = new JsonObject { ["type"] = "UserAssigned", ["userAssignedIdentities"] = borrowed } }.ToJsonString());
        Assert.True(status is 200 or 202, $"{answer}");
        await world.SettledAsync(MachineWorld.Vm());
    }
}
