using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Private DNS zones: not deleted while networks are linked.</summary>
internal sealed class DnsZoneRules : TypeRules
{
    public override void CheckDelete(ArmWorld world, ArmRecord record)
    {
        if (world.Children(record.Id, "virtualNetworkLinks").FirstOrDefault() is not { } link) return;
        throw new ArmError(409, "CannotDeleteResource", $"Cannot delete resource while nested resources exist. Some existing nested resource IDs include: '{link.Id.Text}'. Please delete all nested resources before deleting this resource.");
    }

    public override void Show(ArmWorld world, ArmRecord record, JsonObject copy, ArmRequest request)
    {
        var links = world.Children(record.Id, "virtualNetworkLinks").ToList();
        Dotted.Write(copy, "properties.numberOfVirtualNetworkLinks", links.Count);
        Dotted.Write(copy, "properties.numberOfVirtualNetworkLinksWithRegistration", links.Count(link => Dotted.True(link.Document, "properties.registrationEnabled")));
    }
}
