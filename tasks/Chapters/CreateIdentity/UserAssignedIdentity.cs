using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>A managed identity that outlives the machines and clusters that use it. Made anew, it is somebody else to Azure.</summary>
public sealed class UserAssignedIdentity(Arm arm, Manifest manifest, AzureName name)
    : AzureResource(arm, name, Principal.ApiVersion, manifest.Names.ResourceGroup)
{
    public override Comparison Comparison => base.Comparison with { Fixed = ["/location"] };

    protected override UpdateStyle UpdateStyle => UpdateStyle.Patch;

    protected override JsonNode Wish => Json.Of(new { location = manifest.Azure.Location });
}
