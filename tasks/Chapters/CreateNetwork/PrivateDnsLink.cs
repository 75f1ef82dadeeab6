using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>Lets the virtual network look names up in a private DNS zone.</summary>
public sealed class PrivateDnsLink(Arm arm, Manifest manifest, string zone)
    : AzureResource(arm, manifest.Names.PrivateDnsLink(zone), "2024-06-01", manifest.Names.PrivateDnsZone(zone))
{
    public override IReadOnlyList<ResourceId> After => [manifest.Names.VirtualNetwork.Id];

    public override bool NeedsPermission => false;

    public override Comparison Comparison => base.Comparison with { Fixed = ["/properties/virtualNetwork"] };

    protected override JsonNode Wish => Json.Of(new
    {
        location = "global",
        properties = new
        {
            registrationEnabled = false,
            virtualNetwork = new { id = manifest.Names.VirtualNetwork.Path },
        },
    });
}
