using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>That every node pool has the nodes it is to have, and all are ready.</summary>
internal sealed class NodesProof(Deployment deployment, ClusterSection cluster) : ClusterProof($"the nodes of the cluster {cluster.Name} are ready", deployment, cluster)
{
    protected override async Task<ProofResult> ProveAsync(Kubernetes inside, CancellationToken cancel)
    {
        var pools = await new PoolNodes(Deployment.Arm, inside, Deployment.Needed(), Cluster).LookAsync(cancel);
        var nodes = pools.SelectMany(seen => seen.Nodes).ToList();
        var faults = nodes.Where(node => !node.IsReady).Select(node => $"{node.Name} is not ready: {node.Trouble}").Concat(Few(pools)).ToList();
        return faults is []
            ? Proven($"{nodes.Count} ready: {string.Join(", ", nodes.Select(node => $"{node.Name} ({node.Version})"))}")
            : Failed($"In the cluster {Cluster.Name}: {string.Join("; ", faults)}. Look at the pools in the portal; the task CreateAks makes them as the manifest says.");
    }

    private static IEnumerable<string> Few(IEnumerable<(NodePoolSection Pool, IReadOnlyList<KubernetesNode> Nodes)> pools) =>
        from seen in pools
        let least = seen.Pool.Autoscaling?.Min ?? seen.Pool.Nodes
        let ready = seen.Nodes.Count(node => node.IsReady)
        where ready < least
        select $"the pool {seen.Pool.Name} has {ready} ready nodes and is to have {least}";
}
