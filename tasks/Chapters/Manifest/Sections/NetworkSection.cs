namespace DssPipeline.Chapters;

/// <summary>The virtual network of DSS and its clusters: a new one, or one that exists.</summary>
public sealed record NetworkSection
{
    [Key("Name of the virtual network.", Effect.NewName, Form = Form.VirtualNetworkName, Default = "vnet-{name}")]
    public string? VirtualNetwork { get; init; }

    [Key("Address ranges of the virtual network. They must not overlap the service ranges of the clusters.", Form = Form.Cidr)]
    public IReadOnlyList<string> AddressSpace { get; init; } = ["10.1.0.0/16"];

    [Key("The subnets that are made.")]
    public SubnetsSection Subnets { get; init; } = new();

    [Key("A virtual network that exists already and is used instead of a new one. It is never changed.", Effect.Refused)]
    public ExistingNetworkSection? Existing { get; init; }

    [Key("`public`: DSS has a public address that `allowedSources` may reach. `private`: nothing has one; vault, registry and storage are reached through private endpoints.", Effect.Restart)]
    public NetworkAccess Access { get; init; } = NetworkAccess.Public;

    [Key("Address ranges from which people may reach DSS and ssh. With private access these are ranges of the network, its peers and on-premises; nobody else of them comes in.", Form = Form.Cidr)]
    public IReadOnlyList<string> AllowedSources { get; init; } = [];

    [Key("Name of the network security group of the DSS subnet.", Effect.NewName, Form = Form.NetworkName, Default = "nsg-{name}")]
    public string? SecurityGroup { get; init; }

    [Key("Private DNS zones of the private endpoints, when access is private.")]
    public PrivateDnsSection PrivateDns { get; init; } = new();
}

/// <summary>The subnets of a new virtual network.</summary>
public sealed record SubnetsSection
{
    [Key("Where the DSS machine lives.")]
    public SubnetSection Dss { get; init; } = new() { Prefix = "10.1.0.0/24" };

    [Key("Where the nodes of the clusters live.")]
    public SubnetSection Aks { get; init; } = new() { Prefix = "10.1.16.0/20" };

    [Key("Where the private endpoints live; made only when access is private.")]
    public SubnetSection Endpoints { get; init; } = new() { Prefix = "10.1.1.0/24" };
}

/// <summary>One subnet.</summary>
public sealed record SubnetSection
{
    [Key("Name of the subnet.", Effect.NewName, Form = Form.SubnetName, Default = "snet-dss, snet-aks or snet-endpoints")]
    public string? Name { get; init; }

    [Key("Address range, inside the address space. Azure keeps five addresses of it for itself.", Effect.Refused, Form = Form.Cidr, Default = "10.1.0.0/24 (dss), 10.1.16.0/20 (aks), 10.1.1.0/24 (endpoints)")]
    public string? Prefix { get; init; }

    [Key("Id of a route table to use.", Form = Form.ArmId)]
    public string? RouteTableId { get; init; }

    [Key("Id of a NAT gateway to go out by.", Form = Form.ArmId)]
    public string? NatGatewayId { get; init; }
}

/// <summary>A virtual network that exists already, and its subnets.</summary>
public sealed record ExistingNetworkSection
{
    [Key("Id of the virtual network; it may be in another resource group or subscription of the tenant.", Effect.Refused, Form = Form.ArmId, Example = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-hub/providers/Microsoft.Network/virtualNetworks/vnet-hub")]
    public required string VirtualNetworkId { get; init; }

    [Key("Name of its subnet for the DSS machine.", Effect.Refused, Form = Form.SubnetName)]
    public required string DssSubnet { get; init; }

    [Key("Name of its subnet for the nodes of the clusters.", Effect.Refused, Form = Form.SubnetName)]
    public required string AksSubnet { get; init; }

    [Key("Name of its subnet for private endpoints. Needed when access is private.", Effect.Refused, Form = Form.SubnetName)]
    public string? EndpointsSubnet { get; init; }

    [Key("Its address ranges; when told, overlaps with the ranges of the clusters are found before anything is asked of Azure.", Effect.RunOnly, Form = Form.Cidr)]
    public IReadOnlyList<string> AddressSpace { get; init; } = [];
}

/// <summary>Private DNS zones: made here, or somebody else's.</summary>
public sealed record PrivateDnsSection
{
    [Key("`create`: zones are made in the resource group and linked. `existing`: those of `resourceGroupId` are used. `none`: names are resolved elsewhere.")]
    public PrivateDnsMode Mode { get; init; } = PrivateDnsMode.Create;

    [Key("Id of the resource group that holds the existing zones.", Form = Form.ArmId)]
    public string? ResourceGroupId { get; init; }
}

/// <summary>Who can reach the deployment.</summary>
public enum NetworkAccess
{
    Public,
    Private,
}

/// <summary>Where the private DNS zones come from.</summary>
public enum PrivateDnsMode
{
    Create,
    Existing,
    None,
}
