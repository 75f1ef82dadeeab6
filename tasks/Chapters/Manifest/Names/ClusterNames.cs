using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>The names of one cluster, in Azure and in DSS.</summary>
public sealed class ClusterNames(Names names, ClusterSection cluster)
{
    public AzureName Cluster => names.Here("managedCluster", "Microsoft.ContainerService/managedClusters", cluster.Name);

    /// <summary>DNS prefix of the API server, the one the AKS plugin would choose.</summary>
    public string DnsPrefix => $"{cluster.Name}-dns";

    /// <summary>The cluster as DSS knows it.</summary>
    public ResourceId InDss => new("dss", "cluster", cluster.Name);

    /// <summary>That all nodes of the cluster are ready.</summary>
    public ResourceId Nodes => new("kubernetes", "nodes", cluster.Name);

    public ResourceId Namespace(string name) => new("kubernetes", "namespace", $"{cluster.Name}/{name}");

    public ResourceId Quota(string name) => new("kubernetes", "quota", $"{cluster.Name}/{name}");

    public AzureName Pool(NodePoolSection pool) => Cluster.Child("agentPool", "agentPools", pool.Name);
}
