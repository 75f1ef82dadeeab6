using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>What the plugin learns of the machine it runs on, from its metadata service.</summary>
internal sealed record AksHost(string Subscription, string ResourceGroup, string Location, string Name)
{
    public const string MachineVersion = "2025-04-01";
    private const string CardVersion = "2025-01-01";

    public static async Task<AksHost> AskAsync(AzureSignIn signIn, CancellationToken cancel)
    {
        var compute = (await signIn.InstanceAsync(cancel))["compute"]!;
        return new((string)compute["subscriptionId"]!, (string)compute["resourceGroupName"]!, (string)compute["location"]!, (string)compute["name"]!);
    }

    public string Id(string subscription) => $"/subscriptions/{subscription}/resourceGroups/{ResourceGroup}/providers/Microsoft.Compute/virtualMachines/{Name}";

    /// <summary>The subnet of the first network interface.</summary>
    public async Task<string> SubnetAsync(AzureManagement arm, string subscription, CancellationToken cancel)
    {
        var machine = await arm.GetAsync(Id(subscription), MachineVersion, cancel);
        var card = Dotted.Items(machine, "properties.networkProfile.networkInterfaces").FirstOrDefault()?["id"] ?? throw new PythonError("IndexError", "list index out of range");
        var found = await arm.GetAsync((string)card!, CardVersion, cancel);
        return Dotted.Text(Dotted.Items(found, "properties.ipConfigurations").First(), "properties.subnet.id")!;
    }

    /// <summary>The identities that are assigned to it, in their order.</summary>
    public async Task<IReadOnlyList<KeyValuePair<string, JsonNode?>>> IdentitiesAsync(AzureManagement arm, string subscription, CancellationToken cancel)
    {
        var machine = await arm.GetAsync(Id(subscription), MachineVersion, cancel);
        return machine["identity"] is null ? throw new PythonError("AttributeError", "'NoneType' object has no attribute 'user_assigned_identities'")
            : Dotted.Read(machine, "identity.userAssignedIdentities") is JsonObject { Count: > 0 } identities ? [.. identities]
            : throw new PythonError("AttributeError", "'NoneType' object has no attribute 'items'");
    }
}
