using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>A proof inside a cluster, which is not tried where nobody may or can look.</summary>
internal abstract class ClusterProof(string promise, Deployment deployment, ClusterSection cluster) : Proof(promise)
{
    protected ClusterSection Cluster => cluster;

    protected Deployment Deployment => deployment;

    protected sealed override async Task<ProofResult> ProveAsync(CancellationToken cancel)
    {
        if (deployment.Clusters.Missing is { } missing) return NotProven(missing);
        if (!cluster.Started) return NotProven("the manifest wants the cluster stopped (started)");
        if (!(cluster.LookInside ?? !(cluster.Private ?? !deployment.Needed().IsPublic))) return NotProven("nobody looks into this cluster from here (aks.clusters[].lookInside; the API server of a private cluster is reached from its network only)");

        var inside = deployment.Clusters.Of(cluster.Name);
        return await inside.IsThereAsync(cancel) ? await ProveAsync(inside, cancel) : Failed($"The cluster {cluster.Name} is not there, or does not run. Make and start it by the task CreateAks.");
    }

    protected abstract Task<ProofResult> ProveAsync(Kubernetes inside, CancellationToken cancel);
}
