using System.Globalization;
using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>That the nodes of all pools are there and ready. They are made by the pools; here they are waited for.</summary>
public sealed class ReadyNodes(Arm arm, Kubernetes cluster, Manifest manifest, ClusterSection wish) : Resource(manifest.Names.For(wish).Nodes)
{
    public required ResourceId Host { get; init; }

    /// <summary>What brings the nodes.</summary>
    public IReadOnlyList<ResourceId> Pools { get; init; } = [];

    public override ResourceId? LivesIn => Host;

    public override IReadOnlyList<ResourceId> After => Pools;

    // Machines are there after some minutes; a node that was not ready by then has another trouble.
    public override TimeSpan? Patience => TimeSpan.FromMinutes(20);

    public override bool NeedsPermission => false;

    public override JsonNode Desired => new JsonObject { ["pools"] = new JsonObject(manifest.Aks.PoolsOf(wish).Select(pool => KeyValuePair.Create(pool.Name, (JsonNode?)JsonValue.Create(Wish(pool))))) };

    /// <summary>They go with their pools.</summary>
    public override bool IsOurs(JsonNode observed) => false;

    public override async Task<JsonNode?> ObserveAsync(CancellationToken cancel)
    {
        if (!await cluster.IsThereAsync(cancel)) return null;

        var pools = await new PoolNodes(arm, cluster, manifest, wish).LookAsync(cancel);
        return new JsonObject { ["pools"] = new JsonObject(pools.Select(seen => KeyValuePair.Create(seen.Pool.Name, (JsonNode?)JsonValue.Create(Seen(seen.Pool, seen.Nodes))))) };
    }

    /// <summary>There is nothing to do but to look again, which is done until it is so.</summary>
    public override Task ApplyAsync(Change change, CancellationToken cancel) => Task.CompletedTask;

    private static string Wish(NodePoolSection pool) => pool.Autoscaling is { } bounds
        ? string.Create(CultureInfo.InvariantCulture, $"{bounds.Min} to {bounds.Max} ready")
        : PoolNodes.Ready(pool.Nodes);

    // What the autoscaler may have is as wished, whatever it has.
    private static string Seen(NodePoolSection pool, IReadOnlyList<KubernetesNode> nodes)
    {
        var ready = nodes.Count(node => node.IsReady);
        var (least, most) = pool.Autoscaling is { } bounds ? (bounds.Min, bounds.Max) : (pool.Nodes, pool.Nodes);
        if (ready >= least && ready <= most && ready == nodes.Count) return Wish(pool);

        return string.Join(", ", [PoolNodes.Ready(ready), .. nodes.Where(node => !node.IsReady).Select(node => $"{node.Name} {node.Trouble}")]);
    }
}
