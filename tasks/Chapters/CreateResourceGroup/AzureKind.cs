namespace DssPipeline.Chapters;

/// <summary>A type of top-level resources that deployments make, as people read it.</summary>
/// <param name="Name">The kind in a resource's name, as <see cref="Names"/> has it.</param>
/// <param name="HoldsData">Whether people put something into it that goes with it.</param>
public sealed record AzureKind(string Type, string Name, string ApiVersion, bool HoldsData = false)
{
    private static readonly AzureKind[] Known =
    [
        new("Microsoft.Network/virtualNetworks", "virtualNetwork", "2025-01-01"),
        new("Microsoft.Network/networkSecurityGroups", "networkSecurityGroup", "2025-01-01"),
        new("Microsoft.Network/publicIPAddresses", "publicIPAddress", "2025-01-01"),
        new("Microsoft.Network/networkInterfaces", "networkInterface", "2025-01-01"),
        new("Microsoft.Network/privateEndpoints", "privateEndpoint", "2025-01-01"),
        new("Microsoft.Network/privateDnsZones", "privateDnsZone", "2024-06-01"),
        new("Microsoft.ManagedIdentity/userAssignedIdentities", "userAssignedIdentity", "2024-11-30"),
        new("Microsoft.KeyVault/vaults", "keyVault", "2026-02-01", HoldsData: true),
        new("Microsoft.ContainerRegistry/registries", "registry", "2025-11-01", HoldsData: true),
        new("Microsoft.Compute/virtualMachines", "virtualMachine", "2025-04-01"),
        new("Microsoft.Compute/disks", "disk", "2025-01-02", HoldsData: true),
        new("Microsoft.Storage/storageAccounts", "storageAccount", "2025-06-01", HoldsData: true),
        new("Microsoft.ContainerService/managedClusters", "managedCluster", "2025-10-01", HoldsData: true),
    ];

    /// <summary>The kind of that ARM type; null for what no deployment makes.</summary>
    public static AzureKind? Of(string type) => Array.Find(Known, kind => kind.Type.Equals(type, StringComparison.OrdinalIgnoreCase));
}
