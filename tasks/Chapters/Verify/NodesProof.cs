using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>That every node pool has the nodes it is to have, and all are ready.</summary>
internal sealed class NodesProof(Deployment deployment, ClusterSection cluster) : ClusterProof($"the nodes of the cluster {cluster.Name} are ready", deployment, cluster)
{
    protected override async Task<ProofResult> ProveAsync(Kubernetes inside, CancellationToken cancel)
    {
        var nodes = await inside.NodesAsync(cancel);
        var faults = nodes.Where(node => !node.IsReady).Select(node => $"{node.Name} is not ready: {node.Trouble}").Concat(Few(nodes)).ToList();
        return faults is []
            ? Proven($"{nodes.Count} ready: {string.Join(", ", nodes.Select(node => $"{node.Name} ({node.Version})"))}")
            : Failed($"In the cluster {Cluster.Name}: {string.Join("; ", faults)}. Look at the pools in the portal; the task CreateAks makes them as the manifest says.");
    }

    private IEnumerable<string> Few(IReadOnlyList<KubernetesNode> nodes) =>
        from pool in Deployment.Needed().Aks.PoolsOf(Cluster)
        let least = pool.Autoscaling?.Min ?? pool.Nodes
        let ready = nodes.Count(node => node.IsReady && node.Pool == pool.Name)
        where ready < least
        select $"the pool {pool.Name} has {ready} ready nodes and is to have {least}";
}
