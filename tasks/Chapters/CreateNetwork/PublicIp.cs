using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The public address of the DSS machine; it stays the same as long as it exists.</summary>
public sealed class PublicIp(Arm arm, Manifest manifest)
    : AzureResource(arm, manifest.Names.PublicIp, "2025-01-01", manifest.Names.ResourceGroup)
{
    public override Comparison Comparison => base.Comparison with
    {
        Folded = [.. base.Comparison.Folded, "/sku/name", "/properties/publicIPAllocationMethod", "/properties/publicIPAddressVersion"],
        Unordered = ["/zones"],
        Fixed = ["/location", "/sku", "/zones", "/properties/publicIPAddressVersion"],
    };

    // A name that somebody gave the address is not taken away again.
    protected override UpdateStyle UpdateStyle => UpdateStyle.PutOverObserved;

    protected override Paths ReadOnly =>
    [
        .. base.ReadOnly,
        "/properties/ipConfiguration",
        "/properties/resourceGuid",
        "/properties/ipAddress",
        "/properties/natGateway",
        "/properties/linkedPublicIPAddress",
        "/properties/servicePublicIPAddress",
    ];

    protected override JsonNode Wish => Json.Of(new
    {
        location = manifest.Azure.Location,
        sku = new { name = "Standard" },
        zones = manifest.Vm.Zone is { } zone ? new[] { zone } : null,
        properties = new { publicIPAllocationMethod = "Static", publicIPAddressVersion = "IPv4" },
    });
}
