using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>A private DNS zone: what the names of a service mean inside the virtual network.</summary>
public sealed class PrivateDnsZone(Arm arm, Manifest manifest, string zone)
    : AzureResource(arm, manifest.Names.PrivateDnsZone(zone), "2024-06-01", manifest.Names.ResourceGroup)
{
    protected override UpdateStyle UpdateStyle => UpdateStyle.Patch;

    protected override JsonNode Wish => Json.Of(new { location = "global" });
}
