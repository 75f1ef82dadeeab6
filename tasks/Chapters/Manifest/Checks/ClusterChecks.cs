namespace DssPipeline.Chapters;

/// <summary>Whether each cluster can be made as it is wished, by the one who makes it.</summary>
internal static class ClusterChecks
{
    public static IReadOnlyList<Check> All { get; } =
    [
        new(["/aks/clusters", "/network/access"], manifest => Each(manifest, (cluster, at) => Private(manifest, cluster, at))),
        new(["/aks/clusters"], manifest => Each(manifest, WorkloadIdentity)),
        new(["/aks/clusters"], manifest => Each(manifest, Networking)),
        new(["/aks/clusters"], manifest => Each(manifest, PluginOnly)),
        new(["/aks/clusters"], OneDefault),
        new(["/aks/clusters", "/vm/kubectl"], Skew),
        new(["/aks/clusters"], Spread),
    ];

    private static IEnumerable<Mismatch> Each(Manifest manifest, Func<ClusterSection, string, IEnumerable<Mismatch>> find) =>
        manifest.Aks.Clusters.Index().SelectMany(pair => find(pair.Item, $"/aks/clusters/{pair.Index}"));

    private static IEnumerable<Mismatch> Private(Manifest manifest, ClusterSection cluster, string at)
    {
        if (!(cluster.Private ?? !manifest.IsPublic)) yield break;

        if (cluster.LoadBalancerSku != "Standard")
        {
            yield return new($"{at}/loadBalancerSku", Summaries.Contradiction, $"aks.clusters[{cluster.Name}].loadBalancerSku is {cluster.LoadBalancerSku}, but the cluster is private, and private clusters need Standard. Remove loadBalancerSku.");
        }

        if (cluster.AuthorizedSources is not [])
        {
            yield return new($"{at}/authorizedSources", Summaries.Contradiction, $"aks.clusters[{cluster.Name}].authorizedSources opens a public API server to some, but the cluster is private and has none. Remove authorizedSources, or set private to false.");
        }
    }

    private static IEnumerable<Mismatch> WorkloadIdentity(ClusterSection cluster, string at)
    {
        if (cluster is { WorkloadIdentity: true, OidcIssuer: false })
        {
            yield return new($"{at}/workloadIdentity", Summaries.Contradiction, $"aks.clusters[{cluster.Name}].workloadIdentity is true, but oidcIssuer is false, and Azure trusts only clusters that publish an issuer. Set oidcIssuer to true.");
        }
    }

    private static IEnumerable<Mismatch> Networking(ClusterSection cluster, string at)
    {
        if (cluster is { NetworkPlugin: "kubenet", NetworkMode: NetworkMode.Overlay })
        {
            yield return new($"{at}/networkMode", Summaries.Contradiction, $"aks.clusters[{cluster.Name}].networkMode is overlay, which belongs to the network plugin azure, but networkPlugin is kubenet. Remove one of the two.");
        }

        if (cluster is { ManagedBy: ClusterManager.Dss, NetworkMode: NetworkMode.Overlay })
        {
            yield return new($"{at}/networkMode", Summaries.Contradiction, $"aks.clusters[{cluster.Name}].networkMode is overlay, but the AKS plugin of DSS makes clusters with subnet networking only. Remove networkMode, or set managedBy to azure.");
        }
    }

    private static IEnumerable<Mismatch> PluginOnly(ClusterSection cluster, string at)
    {
        (string Key, bool Set)[] azureOnly = [("networkPolicy", cluster.NetworkPolicy != "none"), ("tier", cluster.Tier != "Free"), ("authorizedSources", cluster.AuthorizedSources is not [])];
        if (cluster.ManagedBy is ClusterManager.Dss)
        {
            foreach (var (key, _) in azureOnly.Where(pair => pair.Set)) yield return new($"{at}/{key}", Summaries.Contradiction, $"aks.clusters[{cluster.Name}].{key} is set, but the AKS plugin of DSS cannot ask for it. Remove it, or set managedBy to azure.");
        }
        else if (cluster.CustomConfig is not null)
        {
            yield return new($"{at}/customConfig", Summaries.Contradiction, $"aks.clusters[{cluster.Name}].customConfig is for the AKS plugin of DSS, but managedBy is azure. Remove it, or set managedBy to dss.");
        }
    }

    private static IEnumerable<Mismatch> OneDefault(Manifest manifest) =>
        manifest.Aks.Clusters.Index().Where(pair => pair.Item.Default).Skip(1).Select(pair => new Mismatch(
            $"/aks/clusters/{pair.Index}/default",
            Summaries.Contradiction,
            $"aks.clusters[{pair.Item.Name}].default is true, but aks.clusters[{manifest.Aks.DefaultCluster!.Name}] is the default already. Only one cluster can be: remove default from the others."));

    private static IEnumerable<Mismatch> Skew(Manifest manifest)
    {
        if (Minor(manifest.Vm.Kubectl.Version) is not { } kubectl) yield break;

        foreach (var (_, cluster) in manifest.Aks.Clusters.Index())
        {
            if (Minor(cluster.KubernetesVersion) is { } minor && Math.Abs(minor - kubectl) > 1)
            {
                yield return new("/vm/kubectl/version", Summaries.Versions, $"vm.kubectl.version is {manifest.Vm.Kubectl.Version}, but aks.clusters[{cluster.Name}] runs Kubernetes {cluster.KubernetesVersion}. kubectl works with clusters one minor version away, no further: choose a version within one minor of every cluster, or leave the key out.");
            }
        }
    }

    private static IEnumerable<Mismatch> Spread(Manifest manifest)
    {
        var stated = manifest.Aks.Clusters.Index().Where(pair => Minor(pair.Item.KubernetesVersion) is not null).ToList();
        if (stated is []) yield break;

        var (index, oldest) = stated.MinBy(pair => Minor(pair.Item.KubernetesVersion));
        var newest = stated.MaxBy(pair => Minor(pair.Item.KubernetesVersion)).Item;
        if (Minor(newest.KubernetesVersion) - Minor(oldest.KubernetesVersion) > 2)
        {
            yield return new($"/aks/clusters/{index}/kubernetesVersion", Summaries.Versions, $"aks.clusters[{oldest.Name}] runs Kubernetes {oldest.KubernetesVersion} and aks.clusters[{newest.Name}] runs {newest.KubernetesVersion}. One kubectl serves both and works one minor version either way: keep clusters at most two minors apart.");
        }
    }

    private static int? Minor(string? version) =>
        version?.Split('.') is [_, var minor, ..] && int.TryParse(minor, out var number) ? number : null;
}
