using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>A role that one of our principals holds and that the manifest does not give it.</summary>
public sealed class ExtraRole(Arm arm, Manifest manifest, JsonNode assignment, string principal)
    : Resource(Grant.IdOf(Text(assignment, "/properties/scope"), principal, Text(assignment, "/properties/roleDefinitionId").Split('/')[^1]))
{
    private readonly ArmAddress address = new(Text(assignment, "/id"), RoleAssignment.ApiVersion);

    public override ResourceId? LivesIn => manifest.Names.ResourceGroup.Id;

    public override bool AskedAlongsideHost => true;

    /// <summary>Nothing is lost with a role; it is given again in a second.</summary>
    public override bool NeedsPermission => false;

    public override JsonNode? Desired => null;

    public override Task<JsonNode?> ObserveAsync(CancellationToken cancel) => arm.ObserveAsync(address, cancel);

    public override Task ApplyAsync(Change change, CancellationToken cancel) => arm.DeleteAsync(address.Id, address.ApiVersion, cancel);

    private static string Text(JsonNode node, string path) => Pointer.At(node, path)?.ToString() ?? "";
}
