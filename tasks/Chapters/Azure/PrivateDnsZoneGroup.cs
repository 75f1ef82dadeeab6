using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>Writes the addresses of a private endpoint into its private DNS zone, and keeps them there.</summary>
public sealed class PrivateDnsZoneGroup(Arm arm, Manifest manifest, AzureName endpoint, string zone)
    : AzureResource(arm, Names.PrivateDnsZoneGroup(endpoint), "2025-01-01", endpoint)
{
    private const string Configurations = "/properties/privateDnsZoneConfigs";

    public override IReadOnlyList<ResourceId> After => [manifest.Names.PrivateDnsZone(zone).Id];

    public override string Lane => Address.Parent;

    public override Comparison Comparison => base.Comparison with { Unordered = [Configurations] };

    protected override JsonNode Wish => Json.Of(new
    {
        properties = new
        {
            privateDnsZoneConfigs = new[]
            {
                new { name = zone.Replace('.', '-'), properties = new { privateDnsZoneId = manifest.Names.PrivateDnsZone(zone).Path } },
            },
        },
    });
}
