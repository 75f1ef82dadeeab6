namespace DssPipeline.Chapters;

/// <summary>Whether the pools of each cluster keep the rules of AKS.</summary>
internal static class PoolChecks
{
    public static IReadOnlyList<Check> All { get; } =
    [
        new(["/aks/nodePools"], Scaling),
        new(["/aks/nodePools", "/aks/clusters"], manifest => Each(manifest, SystemPool)),
        new(["/aks/nodePools", "/aks/clusters"], manifest => Each(manifest, SomewhereToRun)),
        new(["/aks/nodePools", "/aks/clusters"], manifest => Each(manifest, Spot)),
        new(["/aks/nodePools", "/aks/clusters"], manifest => Each(manifest, PluginOnly)),
        new(["/aks/nodePools"], Modes),
    ];

    private static IEnumerable<Mismatch> Each(Manifest manifest, Func<ClusterSection, string, IReadOnlyList<NodePoolSection>, Manifest, IEnumerable<Mismatch>> find) =>
        manifest.Aks.Clusters.Index()
            .Where(pair => pair.Item.Pools.All(name => manifest.Aks.NodePools.Any(pool => pool.Name == name)))
            .SelectMany(pair => find(pair.Item, $"/aks/clusters/{pair.Index}", manifest.Aks.PoolsOf(pair.Item), manifest));

    private static string At(Manifest manifest, NodePoolSection pool) =>
        $"/aks/nodePools/{manifest.Aks.NodePools.Index().First(pair => pair.Item == pool).Index}";

    private static IEnumerable<Mismatch> Scaling(Manifest manifest)
    {
        foreach (var pool in manifest.Aks.NodePools)
        {
            if (pool.Autoscaling is not { } bounds) continue;

            var (pointer, path) = (At(manifest, pool), $"aks.nodePools[{pool.Name}]");
            if (bounds.Min > bounds.Max) yield return new($"{pointer}/autoscaling/min", Summaries.Contradiction, $"{path}.autoscaling.min is {bounds.Min}, more than its max {bounds.Max}. Lower min or raise max.");
            else if (pool.Nodes < bounds.Min || pool.Nodes > bounds.Max) yield return new($"{pointer}/nodes", Summaries.Contradiction, $"{path}.nodes is {pool.Nodes}, but autoscaling keeps the pool between {bounds.Min} and {bounds.Max}. Choose a number to start with between the two.");
        }
    }

    private static IEnumerable<Mismatch> SystemPool(ClusterSection cluster, string at, IReadOnlyList<NodePoolSection> pools, Manifest manifest)
    {
        var system = pools.Where((pool, index) => IsSystem(pool, index)).ToList();
        if (system is [])
        {
            yield return new($"{at}/pools", Summaries.Contradiction, $"aks.clusters[{cluster.Name}] has no system pool, and Kubernetes' own pods need one. Name a pool of mode system first among its pools.");
        }

        foreach (var pool in system)
        {
            var (pointer, path) = (At(manifest, pool), $"aks.nodePools[{pool.Name}]");
            if ((pool.Autoscaling?.Min ?? pool.Nodes) < 1) yield return new($"{pointer}/{(pool.Autoscaling is null ? "nodes" : "autoscaling/min")}", Summaries.Contradiction, $"{path} may have no node, but it is the system pool of {cluster.Name}, which needs one at least, better two. Raise {(pool.Autoscaling is null ? "nodes" : "autoscaling.min")}.");
            if (pool.VmSize.StartsWith("Standard_B", StringComparison.Ordinal)) yield return new($"{pointer}/vmSize", Summaries.Contradiction, $"{path}.vmSize is {pool.VmSize}, and AKS takes no machines of the B series for system pools such as that of {cluster.Name}. Choose a size of the D series, such as Standard_D4s_v5.");
        }
    }

    private static IEnumerable<Mismatch> SomewhereToRun(ClusterSection cluster, string at, IReadOnlyList<NodePoolSection> pools, Manifest manifest)
    {
        if (pools.All(pool => pool.SystemPodsOnly || pool.Taints is not []))
        {
            yield return new($"{at}/pools", Summaries.Contradiction, $"Every pool of aks.clusters[{cluster.Name}] has taints or takes system pods only, so the pods of DSS could run nowhere. Give it one pool without either.");
        }
    }

    private static IEnumerable<Mismatch> Spot(ClusterSection cluster, string at, IReadOnlyList<NodePoolSection> pools, Manifest manifest)
    {
        foreach (var (index, pool) in pools.Index().Where(pair => pair.Item.Spot))
        {
            var why = IsSystem(pool, index) ? "system pools cannot be spot"
                : cluster.ManagedBy is ClusterManager.Dss ? "the AKS plugin of DSS cannot ask for spot nodes"
                : null;
            if (why is not null) yield return new($"{At(manifest, pool)}/spot", Summaries.Contradiction, $"aks.nodePools[{pool.Name}].spot is true, but aks.clusters[{cluster.Name}] uses the pool, and {why}. Set spot to false, or give the cluster another pool.");
        }
    }

    /// <summary>The plugin knows the number of pods of no pool, and zones only all together.</summary>
    private static IEnumerable<Mismatch> PluginOnly(ClusterSection cluster, string at, IReadOnlyList<NodePoolSection> pools, Manifest manifest)
    {
        if (cluster.ManagedBy is not ClusterManager.Dss) yield break;

        foreach (var pool in pools)
        {
            var (pointer, path) = (At(manifest, pool), $"aks.nodePools[{pool.Name}]");
            if (pool.Zones is not [] && !pool.Zones.Order(StringComparer.Ordinal).SequenceEqual(["1", "2", "3"], StringComparer.Ordinal)) yield return new($"{pointer}/zones", Summaries.Contradiction, $"{path}.zones names {string.Join(", ", pool.Zones)}, but aks.clusters[{cluster.Name}] uses the pool, and the AKS plugin of DSS asks for the zones 1, 2 and 3 or for none. Name all three, remove zones, or set managedBy to azure.");
            if (pool.MaxPods is not null) yield return new($"{pointer}/maxPods", Summaries.Contradiction, $"{path}.maxPods is stated, but aks.clusters[{cluster.Name}] uses the pool, and the AKS plugin of DSS cannot ask for it. Remove it, or set managedBy to azure.");
        }
    }

    private static IEnumerable<Mismatch> Modes(Manifest manifest) =>
        manifest.Aks.NodePools.Where(pool => pool is { SystemPodsOnly: true, Mode: PoolMode.User }).Select(pool => new Mismatch(
            $"{At(manifest, pool)}/systemPodsOnly",
            Summaries.Contradiction,
            $"aks.nodePools[{pool.Name}].systemPodsOnly is true, but its mode is user. Set the mode to system, or systemPodsOnly to false."));

    private static bool IsSystem(NodePoolSection pool, int index) => (pool.Mode ?? (index == 0 ? PoolMode.System : PoolMode.User)) is PoolMode.System;
}
