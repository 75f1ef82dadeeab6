namespace DssPipeline.Chapters;

/// <summary>The roles that make the permissions of DSS and its clusters sufficient, and no more than that. Those for registry and storage are told with them.</summary>
public static class NeededRoles
{
    public static IEnumerable<Grant> Of(Manifest manifest)
    {
        var (names, who) = (manifest.Names, new Principals(manifest));

        yield return new(who.Dss, "Key Vault Secrets User", names.KeyVault);
        if (manifest.Identity.DeployerObjectId is { } deployer) yield return new(Principal.Of(deployer, null), "Key Vault Secrets Officer", names.KeyVault);
        foreach (var grant in who.DssMakesClusters ? ForMaking(manifest, who) : []) yield return grant;
        foreach (var grant in who.HasClusters ? ForManaged(manifest, who) : []) yield return grant;
        foreach (var wish in manifest.Identity.RoleAssignments) yield return new(who.Named(wish.Principal, wish.PrincipalType), wish.Role, ScopeOf(manifest, wish.Scope));
    }

    /// <summary>DSS makes clusters in the group; they join the subnet, and the identity of DSS is theirs.</summary>
    private static IEnumerable<Grant> ForMaking(Manifest manifest, Principals who)
    {
        yield return new(who.Dss, "Contributor", manifest.Names.ResourceGroup);
        if (manifest.Network.Existing is not null) yield return new(who.Dss, "Network Contributor", manifest.Names.AksSubnet);
    }

    /// <summary>Azure manages the clusters; DSS is given their credentials, and their control plane puts nodes into the subnet.</summary>
    private static IEnumerable<Grant> ForManaged(Manifest manifest, Principals who)
    {
        var names = manifest.Names;

        if (!who.DssMakesClusters) yield return new(who.Dss, "Azure Kubernetes Service Cluster Admin Role", names.ResourceGroup);
        foreach (var subnet in SubnetsOf(manifest)) yield return new(who.Cluster, "Network Contributor", subnet);
        if (manifest.Network is { Existing: null, Subnets.Aks.RouteTableId: { } table }) yield return new(who.Cluster, "Network Contributor", ScopeOf(manifest, table));
        if (who.Kubelet.Identity is { } kubelet) yield return new(who.Cluster, "Managed Identity Operator", kubelet);
    }

    private static IEnumerable<AzureName> SubnetsOf(Manifest manifest) => manifest.Aks.Clusters
        .Where(cluster => cluster.ManagedBy is ClusterManager.Azure)
        .SelectMany(manifest.Aks.PoolsOf)
        .Select(pool => pool.Subnet is PoolSubnet.Dss ? manifest.Names.DssSubnet : manifest.Names.AksSubnet)
        .DistinctBy(subnet => subnet.Id);

    /// <summary>What a path means: something the deployment makes, or else something of others.</summary>
    private static AzureName ScopeOf(Manifest manifest, string? path) => path is null
        ? manifest.Names.ResourceGroup
        : Made(manifest.Names, manifest).FirstOrDefault(name => name.Path.Equals(path.TrimEnd('/'), StringComparison.OrdinalIgnoreCase))
            ?? new(new("azure", "scope", Grant.ScopeName(path.TrimEnd('/'))), "", path.TrimEnd('/'));

    private static IEnumerable<AzureName> Made(Names names, Manifest manifest) =>
    [
        names.ResourceGroup, names.VirtualNetwork, names.DssSubnet, names.AksSubnet, names.KeyVault, names.Registry, names.VirtualMachine, names.DataDisk,
        .. manifest.Adls.Select(account => names.For(account).StorageAccount),
        .. manifest.Adls.SelectMany(account => account.Containers.Select(names.For(account).Container)),
        .. manifest.Aks.Clusters.Select(cluster => names.For(cluster).Cluster),
    ];
}
