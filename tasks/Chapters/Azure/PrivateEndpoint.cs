using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>A private address, inside the virtual network, of one service of a target. Azure fixes everything but its tags at birth.</summary>
/// <param name="group">The service of the target: <c>vault</c>, <c>registry</c>, <c>blob</c>, <c>dfs</c>.</param>
public sealed class PrivateEndpoint(Arm arm, Manifest manifest, AzureName target, string group)
    : AzureResource(arm, manifest.Names.PrivateEndpoint(target, group), ApiVersion, manifest.Names.ResourceGroup)
{
    private const string ApiVersion = "2025-01-01";
    private const string Connections = "/properties/privateLinkServiceConnections";

    public override IReadOnlyList<ResourceId> After => [target.Id, manifest.Names.EndpointsSubnet.Id];

    public override string Lane => manifest.Names.VirtualNetwork.Path;

    /// <summary>It holds nothing, and its address is looked up by name.</summary>
    public override bool NeedsPermission => false;

    public override Comparison Comparison => base.Comparison with
    {
        Folded = [.. base.Comparison.Folded, $"{Connections}/*/properties/privateLinkServiceConnectionState/status"],
        Unordered = [Connections],
        Fixed = ["/location", "/properties/subnet", $"{Connections}/*/properties/privateLinkServiceId", $"{Connections}/*/properties/groupIds"],
    };

    // Azure calls an endpoint done before its target has let it in, so that is wished for as well.
    protected override JsonNode Wish => Json.Of(new
    {
        location = manifest.Azure.Location,
        properties = new
        {
            subnet = new { id = manifest.Names.EndpointsSubnet.Path },
            privateLinkServiceConnections = new[]
            {
                new
                {
                    name = group,
                    properties = new
                    {
                        privateLinkServiceId = target.Path,
                        groupIds = new[] { group },
                        privateLinkServiceConnectionState = new { status = "Approved" },
                    },
                },
            },
        },
    });

    protected override JsonObject Body(JsonObject wish, JsonNode? observed)
    {
        var body = base.Body(wish, observed);
        ((JsonObject)Pointer.At(body, $"{Connections}/0/properties")!).Remove("privateLinkServiceConnectionState");
        return body;
    }
}
