namespace DssPipeline.Chapters;

/// <summary>Whether the namespaces of a cluster can be made by this pipeline.</summary>
internal static class NamespaceChecks
{
    public static IReadOnlyList<Check> All { get; } =
    [
        new(["/aks/clusters"], manifest => Each(manifest, Looked)),
        new(["/aks/clusters"], manifest => Each(manifest, Reserved)),
        new(["/aks/clusters"], manifest => Each(manifest, Empty)),
    ];

    private static IEnumerable<Mismatch> Each(Manifest manifest, Func<ClusterSection, string, IEnumerable<Mismatch>> find) =>
        manifest.Aks.Clusters.Index().SelectMany(pair => find(pair.Item, $"/aks/clusters/{pair.Index}"));

    private static IEnumerable<Mismatch> Looked(ClusterSection cluster, string at)
    {
        if (cluster is { LookInside: false, Namespaces.Count: > 0 })
        {
            yield return new($"{at}/lookInside", Summaries.Contradiction, $"aks.clusters[{cluster.Name}].lookInside is false, but namespaces are to be made in it. Remove namespaces, or lookInside.");
        }

        if (cluster is { Started: false, Namespaces.Count: > 0 })
        {
            yield return new($"{at}/started", Summaries.Contradiction, $"aks.clusters[{cluster.Name}].started is false, but namespaces are to be made in it, and a stopped cluster takes none. Remove namespaces, or set started to true.");
        }
    }

    private static IEnumerable<Mismatch> Reserved(ClusterSection cluster, string at) => cluster.Namespaces.Index()
        .Where(pair => pair.Item.Name.StartsWith("kube-", StringComparison.Ordinal) || pair.Item.Name.Contains("${", StringComparison.Ordinal))
        .Select(pair => new Mismatch($"{at}/namespaces/{pair.Index}/name", Summaries.Contradiction, pair.Item.Name.Contains("${", StringComparison.Ordinal)
            ? $"aks.clusters[{cluster.Name}].namespaces has {pair.Item.Name}, and variables of DSS mean something to DSS only. Let DSS make such namespaces, or write the name out."
            : $"aks.clusters[{cluster.Name}].namespaces has {pair.Item.Name}, and namespaces beginning with kube- belong to Kubernetes itself. Choose another name."));

    private static IEnumerable<Mismatch> Empty(ClusterSection cluster, string at) => cluster.Namespaces.Index()
        .Where(pair => pair.Item.Quota is { Cpu: null, Memory: null, Pods: null })
        .Select(pair => new Mismatch($"{at}/namespaces/{pair.Index}/quota", Summaries.Contradiction, $"aks.clusters[{cluster.Name}].namespaces[{pair.Item.Name}].quota limits nothing. Give cpu, memory or pods, or remove quota."));
}
