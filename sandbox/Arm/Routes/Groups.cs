namespace DssPipeline.Sandbox;

/// <summary>Resource groups as other rules meet them.</summary>
internal static class Groups
{
    public const string Type = "Microsoft.Resources/resourceGroups";

    public static ArmError NotFound(string name) => new(404, "ResourceGroupNotFound", $"Resource group '{name}' could not be found.") { FromGateway = true };
}
