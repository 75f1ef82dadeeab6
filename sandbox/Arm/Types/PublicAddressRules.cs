using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Public addresses: Standard and static only, since Basic was retired.</summary>
internal sealed class PublicAddressRules : TypeRules
{
    public override void Check(Write write)
    {
        var sku = write.Text("sku.name") ?? Dotted.Text(write.Existing?.Document, "sku.name") ?? "Basic";
        if (sku == "Basic") throw Write.Refuse(400, "IPv4BasicSkuPublicIpCountLimitReached", "Cannot create more than 0 IPv4 Basic SKU public IP addresses for this subscription in this region.");
        if (write.Text("properties.publicIPAllocationMethod") == "Dynamic") throw Write.Refuse(400, "InvalidParameter", $"Public IP address {write.Id.Name} with SKU {sku} must use the Static allocation method.", "properties.publicIPAllocationMethod");
    }

    public override void CheckDelete(ArmWorld world, ArmRecord record)
    {
        if (User(world, record.Id) is not { } user) return;
        throw new ArmError(400, "PublicIPAddressCannotBeDeleted", $"Public IP address {record.Id.Text} can not be deleted since it is still allocated to resource {user}. In order to delete the public IP, disassociate/detach the Public IP address from the resource.");
    }

    public override void Show(ArmWorld world, ArmRecord record, JsonObject copy, ArmRequest request)
    {
        if (User(world, record.Id) is { } user) Dotted.Write(copy, "properties.ipConfiguration", new JsonObject { ["id"] = user });
    }

    /// <summary>The configuration of a network interface that holds the address.</summary>
    public static string? User(ArmWorld world, ArmId address) => (
        from card in world.Of("Microsoft.Network/networkInterfaces")
        from configuration in Dotted.Items(card.Document, "properties.ipConfigurations")
        where address.Text.Equals(Dotted.Text(configuration, "properties.publicIPAddress.id"), StringComparison.OrdinalIgnoreCase)
        select Dotted.Text(configuration, "id")).FirstOrDefault();
}
