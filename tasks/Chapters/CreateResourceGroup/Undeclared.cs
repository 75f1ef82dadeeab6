using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>Finds what carries this deployment's tag in its group although the manifest no longer wishes for it. One question for all.</summary>
public sealed class Undeclared(Arm arm, Manifest manifest) : LeftoverSearch
{
    public override async Task<IReadOnlyList<Resource>> FindAsync(IReadOnlySet<ResourceId> declared, CancellationToken cancel)
    {
        var members = await GroupMembers.ListAsync(arm, manifest, cancel);
        return [.. members.Where(member => member.Deployment == manifest.Name && !IsWished(member)).Select(Find).OfType<Leftover>().Where(leftover => !declared.Contains(leftover.Id))];
    }

    private Leftover? Find(GroupMember member) => AzureKind.Of(member.Type) is { } kind ? new(arm, manifest, kind, member) : null;

    /// <summary>What comes into being with something else: the machine's own disk, and clusters that DSS makes.</summary>
    private bool IsWished(GroupMember member) =>
        member.Name == manifest.Names.OsDisk || manifest.Aks.Clusters.Any(cluster => cluster.Name == member.Name);
}
