using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>What the life of clusters needs of their DSS.</summary>
public sealed partial class Dss
{
    internal DssClusterWaits ClusterWaits => options.Clusters;

    internal void Tell(Wait wait) => options.Waiting?.Report(wait);

    internal ProblemException ClusterFailed(string code, string cluster, string message) => problems.Tell(new RemoteError(200, code, message), $"dss/cluster/{cluster}");
}
