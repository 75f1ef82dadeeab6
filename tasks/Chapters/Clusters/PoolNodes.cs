using System.Globalization;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The nodes of a cluster by the pools of the manifest, whatever Azure calls these: the plugin of DSS numbers the pools that a cluster is born with.</summary>
public sealed class PoolNodes(Arm arm, Kubernetes inside, Manifest manifest, ClusterSection cluster)
{
    private const string ApiVersion = "2025-10-01";

    /// <summary>Each pool with the nodes that are there.</summary>
    public async Task<IReadOnlyList<(NodePoolSection Pool, IReadOnlyList<KubernetesNode> Nodes)>> LookAsync(CancellationToken cancel)
    {
        var named = await NamesAsync(cancel);
        var nodes = (await inside.NodesAsync(cancel)).ToLookup(node => named.GetValueOrDefault(node.Pool, node.Pool), StringComparer.Ordinal);
        return [.. manifest.Aks.PoolsOf(cluster).Select(pool => (pool, (IReadOnlyList<KubernetesNode>)[.. nodes[pool.Name]]))];
    }

    /// <summary>How many nodes of it are ready, in words.</summary>
    public static string Ready(int count) => string.Create(CultureInfo.InvariantCulture, $"{count} ready");

    private async Task<IReadOnlyDictionary<string, string>> NamesAsync(CancellationToken cancel) => cluster.ManagedBy is ClusterManager.Azure
        ? new Dictionary<string, string>(StringComparer.Ordinal)
        : PoolTag.Of(await arm.GetAsync(manifest.Names.For(cluster).Cluster.Path, ApiVersion, cancel)).ToDictionary(pool => pool.Name, pool => pool.Wished, StringComparer.Ordinal);
}
