using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>A resource of Azure that a chapter wishes for, under its computed name.</summary>
/// <param name="host">What it lives in: its parent resource or the resource group; null when the deployment has no word in that.</param>
public abstract class AzureResource(Arm arm, AzureName name, string apiVersion, AzureName? host)
    : ArmResource(arm, name.Id, new ArmAddress(name.Path, apiVersion))
{
    public sealed override ResourceId? LivesIn => host?.Id;

    // ARM answers 404 for what is in an absent group or below an absent parent, so nobody has to wait for the host's answer.
    public sealed override bool AskedAlongsideHost => true;

    public override bool IsOurs(System.Text.Json.Nodes.JsonNode observed) =>
        !Ownership.TakesTags(Address.Type) || Ownership.DeploymentOf(observed) == Arm.Deployment;
}
