namespace DssPipeline.Sandbox.Tests;

/// <summary>What a machine needs around it in Resource Manager.</summary>
internal static class Furniture
{
    private const string Network = "2025-01-01";

    private static readonly string[] Providers = ["Microsoft.Compute", "Microsoft.Network"];

    public static async Task MakeAsync(MachineWorld world)
    {
        var subscription = $"{world.Client.Endpoints.Arm}subscriptions/{world.Client.Endpoints.SubscriptionId}";
        foreach (var provider in Providers)
        {
            await world.ArmAsync("POST", $"{subscription}/providers/{provider}/register?api-version=2021-04-01");
            for (var look = 0; look < 3; look++) await world.ArmAsync("GET", $"{subscription}/providers/{provider}?api-version=2021-04-01");
        }

        await world.ArmAsync("PUT", $"{subscription}/resourceGroups/rg?api-version=2025-04-01", body: """{"location":"westeurope"}""");
        await world.MakeAsync("providers/Microsoft.Network/virtualNetworks/vnet", Network, new { location = "westeurope", properties = new { addressSpace = new { addressPrefixes = new[] { "10.1.0.0/16" } } } });
        await world.MakeAsync("providers/Microsoft.Network/virtualNetworks/vnet/subnets/dss", Network, new { properties = new { addressPrefix = "10.1.0.0/24" } });
        await world.MakeAsync(MachineWorld.Disk(), "2025-01-02", Disk(1));
        await MachineAsync(world, "vm-one", MachineWorld.Disk());
    }

    public static object Disk(int size) => new { location = "westeurope", sku = new { name = "Premium_LRS" }, properties = new { creationData = new { createOption = "Empty" }, diskSizeGB = size } };

    /// <summary>A virtual machine with its network interface.</summary>
    public static async Task MachineAsync(MachineWorld world, string name, string? disk)
    {
        var group = $"/subscriptions/{world.Client.Endpoints.SubscriptionId}/resourceGroups/rg";
        var subnet = $"{group}/providers/Microsoft.Network/virtualNetworks/vnet/subnets/dss";
        await world.MakeAsync($"providers/Microsoft.Network/networkInterfaces/nic-{name}", Network, new { location = "westeurope", properties = new { ipConfigurations = new[] { new { name = "main", properties = new { subnet = new { id = subnet } } } } } });
        await world.MakeAsync(MachineWorld.Vm(name), "2025-04-01", new
        {
            location = "westeurope",
            properties = new
            {
                hardwareProfile = new { vmSize = "Standard_D4s_v5" },
                storageProfile = new
                {
                    imageReference = new { publisher = "Canonical", offer = "ubuntu", sku = "server", version = "latest" },
                    osDisk = new { createOption = "FromImage", managedDisk = new { storageAccountType = "Premium_LRS" } },
                    dataDisks = disk is null ? [] : new[] { new { lun = 0, createOption = "Attach", managedDisk = new { id = $"{group}/{disk}" } } },
                },
                osProfile = new
                {
                    computerName = "dss-host",
                    adminUsername = "azureuser",
                    linuxConfiguration = new { disablePasswordAuthentication = true, ssh = new { publicKeys = new[] { new { path = "/home/azureuser/.ssh/authorized_keys", keyData = SshClient.PublicKey } } } },
                },
                networkProfile = new { networkInterfaces = new[] { new { id = $"{group}/providers/Microsoft.Network/networkInterfaces/nic-{name}", properties = new { primary = true } } } },
            },
        });
    }
}
