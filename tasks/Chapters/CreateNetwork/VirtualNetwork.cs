using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The virtual network. Its subnets are resources of their own, because a list of them in here would replace those of others.</summary>
public sealed class VirtualNetwork(Arm arm, Manifest manifest)
    : AzureResource(arm, manifest.Names.VirtualNetwork, "2025-01-01", manifest.Names.ResourceGroup)
{
    public override string Lane => Address.Id;

    public override Comparison Comparison => base.Comparison with
    {
        Unordered = ["/properties/addressSpace/addressPrefixes"],
        Fixed = ["/location"],
    };

    // Peerings and name servers of others are sent back as they were.
    protected override UpdateStyle UpdateStyle => UpdateStyle.PutOverObserved;

    protected override Paths ReadOnly =>
    [
        .. base.ReadOnly,
        "/properties/subnets",
        "/properties/resourceGuid",
        "/properties/virtualNetworkPeerings/*/etag",
        "/properties/virtualNetworkPeerings/*/properties/provisioningState",
        "/properties/virtualNetworkPeerings/*/properties/resourceGuid",
    ];

    protected override JsonNode Wish => Json.Of(new
    {
        location = manifest.Azure.Location,
        properties = new { addressSpace = new { addressPrefixes = manifest.Network.AddressSpace } },
    });
}
