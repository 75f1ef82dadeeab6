namespace DssPipeline.Sandbox;

/// <summary>One kind of object that the API servers know.</summary>
internal sealed record KubernetesKind(string Group, string Version, string Resource, string Kind, bool IsNamespaced, params string[] ShortNames)
{
    public static KubernetesKind Namespace { get; } = new("", "v1", "namespaces", "Namespace", IsNamespaced: false, "ns");

    public static KubernetesKind Node { get; } = new("", "v1", "nodes", "Node", IsNamespaced: false, "no");

    public static KubernetesKind Pod { get; } = new("", "v1", "pods", "Pod", IsNamespaced: true, "po");

    public static KubernetesKind Event { get; } = new("", "v1", "events", "Event", IsNamespaced: true, "ev");

    public static KubernetesKind Quota { get; } = new("", "v1", "resourcequotas", "ResourceQuota", IsNamespaced: true, "quota");

    public static KubernetesKind ServiceAccount { get; } = new("", "v1", "serviceaccounts", "ServiceAccount", IsNamespaced: true, "sa");

    public static KubernetesKind Job { get; } = new("batch", "v1", "jobs", "Job", IsNamespaced: true);

    public static IReadOnlyList<KubernetesKind> All { get; } =
    [
        Namespace, Node, Pod, Event, Quota, ServiceAccount, Job,
        new("", "v1", "configmaps", "ConfigMap", IsNamespaced: true, "cm"),
        new("", "v1", "secrets", "Secret", IsNamespaced: true),
        new("", "v1", "services", "Service", IsNamespaced: true, "svc"),
        new("", "v1", "limitranges", "LimitRange", IsNamespaced: true, "limits"),
        new("rbac.authorization.k8s.io", "v1", "roles", "Role", IsNamespaced: true),
        new("rbac.authorization.k8s.io", "v1", "rolebindings", "RoleBinding", IsNamespaced: true),
        new("rbac.authorization.k8s.io", "v1", "clusterroles", "ClusterRole", IsNamespaced: false),
        new("rbac.authorization.k8s.io", "v1", "clusterrolebindings", "ClusterRoleBinding", IsNamespaced: false),
    ];

    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>Its name in errors: <c>pods</c>, <c>jobs.batch</c>.</summary>
    public string Qualified => Group.Length == 0 ? Resource : $"{Resource}.{Group}";

    /// <summary>The path under which the group serves it.</summary>
    public string Root => Group.Length == 0 ? "api/v1" : $"apis/{ApiVersion}";

    public static KubernetesKind? Find(string group, string version, string resource) =>
        All.FirstOrDefault(kind => kind.Group == group && kind.Version == version && kind.Resource == resource);
}
