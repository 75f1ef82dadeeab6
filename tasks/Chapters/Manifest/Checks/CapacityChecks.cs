namespace DssPipeline.Chapters;

/// <summary>Whether the ranges are large enough for the nodes and pods that may come to live in them.</summary>
internal static class CapacityChecks
{
    // Azure keeps the first four addresses of a subnet and the last one.
    private const int KeptByAzure = 5;

    // The most pods of a node whose pods take addresses of the subnet, unless the pool says otherwise.
    private const int PodsOfSubnetNode = 30;

    public static IReadOnlyList<Check> All { get; } =
    [
        new(["/aks", "/network"], Subnets),
        new(["/aks"], PodRanges),
    ];

    private static int MostNodes(NodePoolSection pool) => pool.Autoscaling?.Max ?? pool.Nodes;

    private static IEnumerable<Mismatch> Subnets(Manifest manifest)
    {
        foreach (var (key, subnet) in AddressChecks.Made(manifest).Where(made => made.Key != "endpoints"))
        {
            var home = key == "dss" ? PoolSubnet.Dss : PoolSubnet.Aks;
            var asked = Clusters(manifest).Sum(cluster => Addresses(manifest, cluster, home));
            var usable = AddressChecks.Range(subnet.Prefix).Size - KeptByAzure - (home is PoolSubnet.Dss ? 1 : 0);
            if (asked > usable)
            {
                yield return new($"/network/subnets/{key}/prefix", Summaries.Addresses, $"network.subnets.{key}.prefix is {subnet.Prefix} and has {usable} addresses to give, but the node pools of the clusters may ask for {asked}: one for each node, one more for each pool while it is upgraded, and with networkMode subnet one for each pod. Choose a larger range, fewer nodes, a smaller maxPods, or overlay networking.");
            }
        }
    }

    private static IEnumerable<ClusterSection> Clusters(Manifest manifest) => manifest.Aks.Clusters.Where(cluster => Resolved(manifest, cluster));

    private static bool Resolved(Manifest manifest, ClusterSection cluster) =>
        cluster.Pools.All(name => manifest.Aks.NodePools.Any(pool => pool.Name == name));

    private static long Addresses(Manifest manifest, ClusterSection cluster, PoolSubnet home)
    {
        var pools = manifest.Aks.PoolsOf(cluster).Where(pool => pool.Subnet == home);
        return pools.Sum(pool => (MostNodes(pool) + 1L) * (ClusterAddressChecks.HasOwnPods(cluster) ? 1 : 1 + (pool.MaxPods ?? PodsOfSubnetNode)));
    }

    private static IEnumerable<Mismatch> PodRanges(Manifest manifest)
    {
        foreach (var (index, cluster) in manifest.Aks.Clusters.Index())
        {
            if (!ClusterAddressChecks.HasOwnPods(cluster) || !Resolved(manifest, cluster)) continue;

            var room = AddressChecks.Range(cluster.PodCidr).Size / 256;
            var nodes = manifest.Aks.PoolsOf(cluster).Sum(pool => MostNodes(pool) + 1);
            if (nodes > room)
            {
                yield return new($"/aks/clusters/{index}/podCidr", Summaries.Addresses, $"aks.clusters[{cluster.Name}].podCidr is {cluster.PodCidr} and has room for {room} nodes, as every node takes a /24, but its pools may grow to {nodes}, counting one more for each while it is upgraded. Choose a larger range or fewer nodes.");
            }
        }
    }
}
