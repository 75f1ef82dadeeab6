using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>That the nodes of a pool with GPUs offer them to pods: NVIDIA's device plugin runs there.</summary>
internal sealed class GpuProof(Deployment deployment, ClusterSection cluster, NodePoolSection pool)
    : ClusterProof($"the nodes of the pool {pool.Name} of the cluster {cluster.Name} offer their GPUs", deployment, cluster)
{
    private const string Remedy = "Install NVIDIA's device plugin with kubectl apply (its DaemonSet, k8s-device-plugin; with the tolerations of the pool's taints): DSS does so only for pools that it makes together with the cluster.";

    protected override async Task<ProofResult> ProveAsync(Kubernetes inside, CancellationToken cancel)
    {
        // One that is not ready is NodesProof's.
        var nodes = (await new PoolNodes(Deployment.Arm, inside, Deployment.Needed(), Cluster).LookAsync(cancel)).Single(seen => seen.Pool.Name == pool.Name).Nodes.Where(node => node.IsReady).ToList();
        if (nodes is []) return NotProven($"the pool has no node that is ready now. When it has one, look whether it offers any: kubectl describe node, Allocatable, nvidia.com/gpu. Where it does not: {Remedy}");

        var without = nodes.Where(node => node.Gpus == 0).Select(node => node.Name).ToList();
        return without is []
            ? Proven(string.Join(", ", nodes.Select(node => $"{node.Name} ({node.Gpus})")))
            : Failed($"{string.Join(", ", without)} of the pool {pool.Name} in the cluster {Cluster.Name} offer no nvidia.com/gpu, so that no pod that asks for one starts there. {Remedy}");
    }
}
