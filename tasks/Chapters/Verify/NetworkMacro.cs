using System.Text.Json.Nodes;

namespace DssPipeline.Chapters;

/// <summary>The macro of the AKS plugin that tries from a pod whether DSS can be reached.</summary>
public static class NetworkMacro
{
    public const string Plugin = "aks-clusters";

    public const string Name = "test-network";

    /// <summary>What it is told. It calls the cluster an id and looks for that among the names.</summary>
    public static JsonObject Parameters(string cluster) => new() { ["clusterId"] = cluster };
}
