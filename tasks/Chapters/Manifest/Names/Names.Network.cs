using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>The names of the network, whether it is made or exists already.</summary>
public sealed partial class Names
{
    public AzureName VirtualNetwork => manifest.Network.Existing is { } existing
        ? new(new("azure", "virtualNetwork", existing.VirtualNetworkId[(existing.VirtualNetworkId.LastIndexOf('/') + 1)..]), "Microsoft.Network/virtualNetworks", existing.VirtualNetworkId)
        : Here("virtualNetwork", "Microsoft.Network/virtualNetworks", manifest.Network.VirtualNetwork ?? $"vnet-{Name}");

    public AzureName DssSubnet => Subnet(manifest.Network.Existing?.DssSubnet ?? manifest.Network.Subnets.Dss.Name ?? "snet-dss");

    public AzureName AksSubnet => Subnet(manifest.Network.Existing?.AksSubnet ?? manifest.Network.Subnets.Aks.Name ?? "snet-aks");

    public AzureName EndpointsSubnet => Subnet(manifest.Network.Existing?.EndpointsSubnet ?? manifest.Network.Subnets.Endpoints.Name ?? "snet-endpoints");

    public AzureName SecurityGroup => Here("networkSecurityGroup", "Microsoft.Network/networkSecurityGroups", manifest.Network.SecurityGroup ?? $"nsg-{Name}");

    public AzureName PublicIp => Here("publicIPAddress", "Microsoft.Network/publicIPAddresses", $"pip-{Name}");

    public AzureName NetworkInterface => Here("networkInterface", "Microsoft.Network/networkInterfaces", $"nic-{Name}");

    /// <summary>A private DNS zone (<c>privatelink.azurecr.io</c>): ours, or one of the resource group the manifest names.</summary>
    public AzureName PrivateDnsZone(string zone) =>
        AzureName.In(manifest.Network.PrivateDns.ResourceGroupId ?? ResourceGroup.Path, "privateDnsZone", "Microsoft.Network/privateDnsZones", zone);

    /// <summary>The link by which our virtual network uses a zone.</summary>
    public AzureName PrivateDnsLink(string zone) => PrivateDnsZone(zone).Child("privateDnsLink", "virtualNetworkLinks", $"link-{Name}");

    /// <summary>The private endpoint of one group (<c>dfs</c>, <c>registry</c>, <c>vault</c>) of a target.</summary>
    public AzureName PrivateEndpoint(AzureName target, string group) =>
        Here("privateEndpoint", "Microsoft.Network/privateEndpoints", $"pe-{target.Name}-{group}");

    /// <summary>What puts the endpoint's addresses into its zones.</summary>
    public static AzureName PrivateDnsZoneGroup(AzureName endpoint) => endpoint.Child("privateDnsZoneGroup", "privateDnsZoneGroups", "default");

    private AzureName Subnet(string name) => VirtualNetwork.Child("subnet", "subnets", name);
}
