using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>Finds the namespaces that this deployment made in a cluster and the manifest names no longer.</summary>
internal sealed class NamespaceLeftovers(Kubernetes cluster, ClusterNames names, string clusterName, string deployment) : LeftoverSearch
{
    public override async Task<IReadOnlyList<Resource>> FindAsync(IReadOnlySet<ResourceId> declared, CancellationToken cancel) =>
        [.. (await cluster.ListAsync("namespaces", null, cancel))
            .Where(seen => KubernetesMarks.DeploymentOf(seen) == deployment)
            .Select(seen => new UnwantedNamespace(cluster, names, $"{seen["metadata"]?["name"]}", clusterName))
            .Where(unwanted => !declared.Contains(unwanted.Id))];
}
