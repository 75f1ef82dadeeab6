using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>What is wished for inside one cluster: that its nodes are ready, and its namespaces.</summary>
internal sealed class ClusterInside(Arm arm, Clusters clusters, Manifest manifest, ClusterSection cluster)
{
    private readonly ClusterNames names = manifest.Names.For(cluster);

    /// <summary>The cluster itself, however it is made.</summary>
    public required ResourceId Host { get; init; }

    /// <summary>What the nodes are made by.</summary>
    public IReadOnlyList<ResourceId> Pools { get; init; } = [];

    /// <summary>Whether the run looks into the cluster: it is to run, and is reached from here as far as the manifest tells.</summary>
    private bool IsLookedInto => clusters.Missing is null && cluster.Started && (cluster.LookInside ?? (cluster.Namespaces is not [] || !new ClusterAddressing(manifest, cluster).IsPrivate));

    public IEnumerable<Resource> All()
    {
        if (!IsLookedInto) yield break;

        var plane = clusters.Of(cluster.Name);
        yield return new ReadyNodes(arm, plane, manifest, cluster) { Host = Host, Pools = Pools };
        foreach (var wish in cluster.Namespaces)
        {
            yield return new ClusterNamespace(plane, names, wish, manifest.Name) { Host = Host };
            yield return new NamespaceQuota(plane, names, wish, manifest.Name);
        }
    }

    public IEnumerable<LeftoverSearch> Search() => IsLookedInto ? [new NamespaceLeftovers(clusters.Of(cluster.Name), names, cluster.Name, manifest.Name)] : [];
}
