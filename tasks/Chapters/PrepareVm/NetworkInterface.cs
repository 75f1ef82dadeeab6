using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>What connects the machine of DSS to its subnet, and to a public address where it has one.</summary>
public sealed class NetworkInterface(Arm arm, Manifest manifest)
    : AzureResource(arm, manifest.Names.NetworkInterface, "2025-01-01", manifest.Names.ResourceGroup)
{
    private readonly Names names = manifest.Names;

    public override IReadOnlyList<ResourceId> After => [names.DssSubnet.Id, .. IsPublic ? [names.PublicIp.Id] : Nothing, .. GuardsItself ? [names.SecurityGroup.Id] : Nothing];

    public override Comparison Comparison => base.Comparison with { Unordered = ["/properties/ipConfigurations"], Fixed = ["/location"] };

    protected override JsonNode Wish => Json.Of(new
    {
        location = manifest.Azure.Location,
        properties = new
        {
            ipConfigurations = new[] { new { name = "primary", properties = Configuration } },
            networkSecurityGroup = GuardsItself ? new { id = names.SecurityGroup.Path } : null,
        },
    });

    protected override UpdateStyle UpdateStyle => UpdateStyle.PutOverObserved;

    protected override Paths ReadOnly =>
    [
        .. base.ReadOnly, "/kind", "/properties/resourceGuid", "/properties/macAddress", "/properties/virtualMachine", "/properties/privateEndpoint", "/properties/hostedWorkloads",
        "/properties/tapConfigurations", "/properties/vnetEncryptionSupported", "/properties/defaultOutboundConnectivityEnabled",
        "/properties/dnsSettings/appliedDnsServers", "/properties/dnsSettings/internalDomainNameSuffix", "/properties/dnsSettings/internalFqdn",
        "/properties/ipConfigurations/*/id", "/properties/ipConfigurations/*/type", "/properties/ipConfigurations/*/etag",
        "/properties/ipConfigurations/*/properties/provisioningState", "/properties/ipConfigurations/*/properties/privateLinkConnectionProperties",
    ];

    private static IEnumerable<ResourceId> Nothing => [];

    private bool IsPublic => manifest.Vm.PublicIp ?? manifest.IsPublic;

    // A network that exists already is never changed, so there the rules cannot hang on the subnet.
    private bool GuardsItself => manifest.Network.Existing is not null;

    // The null is a wish: a machine that is private now must not keep the address it had.
    private JsonObject Configuration => new()
    {
        ["subnet"] = new JsonObject { ["id"] = names.DssSubnet.Path },
        ["privateIPAllocationMethod"] = "Dynamic",
        ["publicIPAddress"] = IsPublic ? new JsonObject { ["id"] = names.PublicIp.Path } : null,
    };
}
