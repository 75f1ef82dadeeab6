namespace DssPipeline.Sandbox;

/// <summary>Resource groups: all that is in them goes with them.</summary>
internal sealed class GroupRules : TypeRules
{
    public override ArmError Immutable(Write write, string path) =>
        new(409, "InvalidResourceGroupLocation", $"Invalid resource group location '{write.Text("location")}'. The Resource group already exists in location '{Dotted.Text(write.Existing!.Document, "location")}'.") { FromGateway = true };

    public override void Check(Write write)
    {
        if (write.Existing?.State == "Deleting") throw new ArmError(409, "ResourceGroupBeingDeleted", $"The resource group '{write.Id.Name}' is in deprovisioning state and cannot perform this operation.") { FromGateway = true };
    }
}
