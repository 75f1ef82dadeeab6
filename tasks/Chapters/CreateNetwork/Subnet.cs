using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>A subnet of the virtual network. Its address range cannot change while anything has an address in it.</summary>
public sealed class Subnet(Arm arm, Manifest manifest, AzureName name, SubnetSection wish, SubnetUse use)
    : AzureResource(arm, name, "2025-01-01", manifest.Names.VirtualNetwork)
{
    private const string Range = "/properties/addressPrefix";

    public override IReadOnlyList<ResourceId> After => use is SubnetUse.Dss ? [manifest.Names.SecurityGroup.Id] : [];

    /// <summary>Azure changes one thing of a virtual network at a time.</summary>
    public override string Lane => Address.Parent;

    public override Comparison Comparison => base.Comparison with
    {
        Folded = [.. base.Comparison.Folded, "/properties/serviceEndpoints/*/service", "/properties/privateEndpointNetworkPolicies"],
        Unordered = ["/properties/serviceEndpoints"],
        Fixed = [Range],
    };

    // What others laid on the subnet (a route table of a policy, a delegation) would be taken off by leaving it out.
    protected override UpdateStyle UpdateStyle => UpdateStyle.PutOverObserved;

    protected override Paths ReadOnly =>
    [
        .. base.ReadOnly,
        "/properties/ipConfigurations",
        "/properties/ipConfigurationProfiles",
        "/properties/privateEndpoints",
        "/properties/resourceNavigationLinks",
        "/properties/serviceAssociationLinks",
        "/properties/purpose",
        "/properties/addressPrefixes",
        "/properties/delegations/*/etag",
        "/properties/delegations/*/properties/provisioningState",
        "/properties/delegations/*/properties/actions",
        "/properties/serviceEndpoints/*/provisioningState",
    ];

    protected override JsonNode Wish => Json.Of(new
    {
        properties = new
        {
            addressPrefix = wish.Prefix,
            networkSecurityGroup = use is SubnetUse.Dss ? To(manifest.Names.SecurityGroup.Path) : null,
            routeTable = To(wish.RouteTableId),
            natGateway = To(wish.NatGatewayId),
            serviceEndpoints = ReachesStorage ? new[] { new { service = "Microsoft.Storage" } } : null,
            privateEndpointNetworkPolicies = use is SubnetUse.Endpoints ? "Disabled" : null,
        },
    });

    /// <summary>Whether an account lets this subnet in by service endpoint.</summary>
    private bool ReachesStorage => manifest.Adls
        .SelectMany(account => account.Network.AllowedSubnets)
        .Any(subnet => subnet == use switch { SubnetUse.Dss => "dss", SubnetUse.Aks => "aks", _ => "" });

    protected override JsonNode Seen(JsonNode observed) => SubnetRange.Single(observed);

    private static object? To(string? id) => id is null ? null : new { id };
}

/// <summary>What a subnet is for.</summary>
public enum SubnetUse
{
    Dss,
    Aks,
    Endpoints,
}
