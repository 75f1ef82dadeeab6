using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>A resource that this deployment made once and that the manifest no longer wishes for.</summary>
public sealed class Leftover(Arm arm, Manifest manifest, AzureKind kind, GroupMember member)
    : Resource(new("azure", kind.Name, member.Name))
{
    private readonly ArmAddress address = new(member.Path, kind.ApiVersion);

    public override ResourceId? LivesIn => manifest.Names.ResourceGroup.Id;

    public override bool AskedAlongsideHost => true;

    public override bool HoldsData => kind.HoldsData;

    public override JsonNode? Desired => null;

    public override bool IsOurs(JsonNode observed) => Ownership.DeploymentOf(observed) == manifest.Name;

    // ARM's list of a group lags behind by minutes; the kind's own list tells what is really there.
    public override async Task<JsonNode?> ObserveAsync(CancellationToken cancel) =>
        await arm.ObserveAsync(address, cancel) is { } observed && IsOurs(observed) ? observed : null;

    public override Task ApplyAsync(Change change, CancellationToken cancel) => arm.DeleteAsync(address.Id, address.ApiVersion, cancel);
}
