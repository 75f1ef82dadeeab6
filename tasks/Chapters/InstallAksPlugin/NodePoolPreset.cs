using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>A Node pools preset: the kind of nodes that DSS asks the plugin for. Every parameter is stated, because nobody but the user interface fills in defaults.</summary>
public sealed class NodePoolPreset(Manifest manifest, NodePoolSection pool)
{
    public const string Set = "node-pool-request";

    private static readonly AutoscalingSection Bounds = new();

    public JsonObject Config => (JsonObject)Json.Of(new
    {
        vmSize = pool.VmSize,
        osDiskSizeGb = pool.OsDiskSizeGB,
        numNodes = pool.Nodes,
        autoScaling = pool.Autoscaling is not null,
        minNumNodes = (pool.Autoscaling ?? Bounds).Min,
        maxNumNodes = (pool.Autoscaling ?? Bounds).Max,
        mode = Mode.ToString(),
        systemPodsOnly = pool.SystemPodsOnly,
        useSameNetworkAsDSSHost = IsBesideDss,
        vnet = IsBesideDss ? "" : manifest.Names.VirtualNetwork.Path,
        subnet = IsBesideDss ? "" : manifest.Names.AksSubnet.Name,
        useAvailabilityZones = pool.Zones is not [],
        labels = pool.Labels.Select(label => new { from = label.Key, to = label.Value }),
        taints = pool.Taints,
        enableGPU = pool.Gpu,
        tags = Tags,
    });

    // Azure does not learn the name of the preset otherwise: the plugin numbers the pools it makes.
    private JsonObject Tags => new(pool.Tags.Append(new(PoolTag.Tag, pool.Name)).Select(tag => KeyValuePair.Create(tag.Key, (JsonNode?)tag.Value)));

    private bool IsBesideDss => pool.Subnet is PoolSubnet.Dss;

    // The plugin's own word, Automatic, reaches Azure as it stands for every pool but the first of a cluster, and Azure does not know it.
    private PoolMode Mode => pool.Mode ?? (Users.Any(cluster => manifest.Aks.PoolsOf(cluster)[0] == pool) ? PoolMode.System : PoolMode.User);

    /// <summary>The clusters that decide what the pool is for: those that the plugin makes, or else all, or else a cluster of all pools.</summary>
    private IReadOnlyList<ClusterSection> Users
    {
        get
        {
            var all = manifest.Aks.Clusters;
            var made = all.Where(cluster => cluster.ManagedBy is ClusterManager.Dss).ToList();
            return made is not [] ? made : all is not [] ? all : [new() { Name = "any" }];
        }
    }
}
