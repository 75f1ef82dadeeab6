namespace DssPipeline.Chapters;

/// <summary>Who DSS, the clusters and their kubelets are in Azure.</summary>
public sealed class Principals(Manifest manifest)
{
    public const string DssName = "dss";
    public const string ClusterName = "cluster";
    public const string KubeletName = "kubelet";

    private readonly Names names = manifest.Names;

    /// <summary>Who DSS is: the identity of its machine, or the service principal.</summary>
    public Principal Dss => ServicePrincipal ?? Principal.Of(names.VmIdentity);

    /// <summary>Who the control planes of the clusters are that Azure manages.</summary>
    public Principal Cluster => ServicePrincipal ?? Principal.Of(names.ClusterIdentity);

    /// <summary>Who the nodes of those clusters are when they pull images.</summary>
    public Principal Kubelet => ServicePrincipal ?? Principal.Of(names.KubeletIdentity);

    /// <summary>Whether Azure manages a cluster, which then needs somebody to be.</summary>
    public bool HasClusters => manifest.Aks.Clusters.Any(cluster => cluster.ManagedBy is ClusterManager.Azure);

    /// <summary>Whether DSS makes clusters by itself, through its plugin.</summary>
    public bool DssMakesClusters => manifest.Aks.Clusters.Any(cluster => cluster.ManagedBy is ClusterManager.Dss);

    /// <summary>The managed identities that somebody uses, in the order in which they are told.</summary>
    public IReadOnlyList<AzureName> Identities => manifest.Identity.Kind is IdentityKind.ServicePrincipal ? [] :
    [
        names.VmIdentity,
        .. HasClusters || IsNamed(ClusterName) ? [names.ClusterIdentity] : Array.Empty<AzureName>(),
        .. HasClusters || IsNamed(KubeletName) ? [names.KubeletIdentity] : Array.Empty<AzureName>(),
    ];

    private Principal? ServicePrincipal => manifest.Identity is { Kind: IdentityKind.ServicePrincipal, ServicePrincipal: { } application }
        ? Principal.Of(application.ObjectId, "ServicePrincipal")
        : null;

    /// <summary>Whom the manifest means: <c>dss</c>, <c>cluster</c>, <c>kubelet</c>, or an object id of that type.</summary>
    public Principal Named(string name, string type) => name switch
    {
        DssName => Dss,
        ClusterName => Cluster,
        KubeletName => Kubelet,
        _ => Principal.Of(name, type),
    };

    private bool IsNamed(string name) =>
        manifest.Identity.RoleAssignments.Any(assignment => assignment.Principal == name)
        || manifest.Adls.Any(account => account.Grants.Any(grant => grant.To == name));
}
