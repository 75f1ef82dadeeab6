namespace DssPipeline.Chapters;

/// <summary>Whether the ranges of the clusters keep clear of the network and of each other.</summary>
internal static class ClusterAddressChecks
{
    // Azure asks for a service range smaller than a /12.
    private const int LargestService = 13;

    private static readonly string[] Reserved = ["169.254.0.0/16", "172.30.0.0/16", "172.31.0.0/16", "192.0.2.0/24"];

    private static readonly string[] Candidates = ["10.0.0.0/16", "10.100.0.0/16", "10.200.0.0/16", "172.20.0.0/16", "192.168.0.0/17"];

    public static IReadOnlyList<Check> All { get; } =
    [
        new(["/aks/clusters", "/network"], manifest => Each(manifest, (cluster, at) => Service(manifest, cluster, at))),
        new(["/aks/clusters", "/network"], manifest => Each(manifest, (cluster, at) => Pods(manifest, cluster, at))),
        new(["/aks/clusters"], manifest => Each(manifest, Dns)),
        new(["/aks/clusters"], manifest => Each(manifest, Kept)),
        new(["/vm/docker", "/network"], Docker),
    ];

    public static bool HasOwnPods(ClusterSection cluster) =>
        cluster.EffectiveNetworkMode is NetworkMode.Overlay || cluster.NetworkPlugin == "kubenet";

    private static IEnumerable<Mismatch> Each(Manifest manifest, Func<ClusterSection, string, IEnumerable<Mismatch>> find) =>
        manifest.Aks.Clusters.Index().SelectMany(pair => find(pair.Item, $"/aks/clusters/{pair.Index}"));

    private static IEnumerable<Mismatch> Service(Manifest manifest, ClusterSection cluster, string at)
    {
        var service = AddressChecks.Range(cluster.ServiceCidr);
        var path = $"aks.clusters[{cluster.Name}].serviceCidr";
        foreach (var range in Network(manifest).Where(service.Overlaps))
        {
            yield return new($"{at}/serviceCidr", Summaries.Addresses, $"{path} is {service} and overlaps the virtual network's {range}. Services would hide machines: choose a range that nobody else has, such as {Free(manifest)}, and dnsServiceIp inside it.");
        }

        if (service.Bits < LargestService)
        {
            yield return new($"{at}/serviceCidr", Summaries.Addresses, $"{path} is {service}, and Azure takes nothing larger than a /{LargestService}. Choose a smaller range: a /16 has 65,536 addresses.");
        }
    }

    private static IEnumerable<Mismatch> Pods(Manifest manifest, ClusterSection cluster, string at)
    {
        if (!HasOwnPods(cluster)) yield break;

        var pods = AddressChecks.Range(cluster.PodCidr);
        var path = $"aks.clusters[{cluster.Name}].podCidr";
        foreach (var range in Network(manifest).Where(pods.Overlaps))
        {
            yield return new($"{at}/podCidr", Summaries.Addresses, $"{path} is {pods} and overlaps the virtual network's {range}. Choose a range that nobody else has, such as 10.244.0.0/16.");
        }

        if (pods.Overlaps(AddressChecks.Range(cluster.ServiceCidr)))
        {
            yield return new($"{at}/podCidr", Summaries.Addresses, $"{path} is {pods} and overlaps the service range {cluster.ServiceCidr} of the same cluster. Choose two ranges apart.");
        }
    }

    private static IEnumerable<Mismatch> Dns(ClusterSection cluster, string at)
    {
        var service = AddressChecks.Range(cluster.ServiceCidr);
        var path = $"aks.clusters[{cluster.Name}].dnsServiceIp";
        if (!Cidr.TryParseAddress(cluster.DnsServiceIp, out var address) || !service.Contains(address))
        {
            yield return new($"{at}/dnsServiceIp", Summaries.Addresses, $"{path} is {cluster.DnsServiceIp}, outside of the service range {service}. Choose an address inside it, by habit the tenth.");
        }
        else if (address <= service.First + 1 || address == service.Last)
        {
            yield return new($"{at}/dnsServiceIp", Summaries.Addresses, $"{path} is {cluster.DnsServiceIp}, and the first and last addresses of the service range {service} are taken: the first is the API server's. Choose another, by habit the tenth.");
        }
    }

    private static IEnumerable<Mismatch> Kept(ClusterSection cluster, string at)
    {
        (string Key, string Range)[] ranges = HasOwnPods(cluster) ? [("serviceCidr", cluster.ServiceCidr), ("podCidr", cluster.PodCidr)] : [("serviceCidr", cluster.ServiceCidr)];
        return from range in ranges
               let taken = Reserved.Where(reserved => AddressChecks.Range(range.Range).Overlaps(AddressChecks.Range(reserved))).ToList()
               where taken.Count > 0
               select new Mismatch($"{at}/{range.Key}", Summaries.Addresses, $"aks.clusters[{cluster.Name}].{range.Key} is {range.Range} and overlaps {string.Join(" and ", taken)}, which AKS keeps for itself. Choose a range clear of {string.Join(", ", Reserved)}.");
    }

    private static IEnumerable<Mismatch> Docker(Manifest manifest)
    {
        var bridge = manifest.Vm.Docker.BridgeCidr ?? "172.17.0.0/16";
        return Network(manifest).Where(AddressChecks.Range(bridge).Overlaps).Select(range => new Mismatch(
            "/vm/docker/bridgeCidr",
            Summaries.Addresses,
            $"vm.docker.bridgeCidr is {bridge} and overlaps the virtual network's {range}. Containers on the machine could not reach it: set vm.docker.bridgeCidr to a range that nobody else has, such as 192.168.200.0/24."));
    }

    /// <summary>A range for services that the network leaves free.</summary>
    private static string Free(Manifest manifest) =>
        Candidates.First(candidate => candidate == Candidates[^1] || !Network(manifest).Any(AddressChecks.Range(candidate).Overlaps));

    private static IEnumerable<Cidr> Network(Manifest manifest) =>
        (manifest.Network.Existing?.AddressSpace ?? manifest.Network.AddressSpace).Select(AddressChecks.Range);
}
