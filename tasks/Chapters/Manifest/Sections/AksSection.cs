namespace DssPipeline.Chapters;

/// <summary>The AKS plugin of DSS, its presets, and the clusters.</summary>
public sealed record AksSection
{
    [Key("The AKS plugin.")]
    public AksPluginSection Plugin { get; init; } = new();

    [Key("AKS connection presets: who the plugin is in Azure.")]
    public IReadOnlyList<AksConnectionSection> Connections { get; init; } = [new() { Name = "aks-connection" }];

    [Key("Node pools presets, and the pools of clusters that Azure manages.")]
    public IReadOnlyList<NodePoolSection> NodePools { get; init; } = [new() { Name = "nodes" }];

    [Key("The clusters.")]
    public IReadOnlyList<ClusterSection> Clusters { get; init; } = [];

    /// <summary>The pools of a cluster, in its order: those it names, or else all.</summary>
    public IReadOnlyList<NodePoolSection> PoolsOf(ClusterSection cluster) =>
        cluster.Pools is [] ? NodePools : [.. cluster.Pools.Select(name => NodePools.First(pool => pool.Name == name))];

    /// <summary>The connection preset a cluster uses: the one it names, or else the first.</summary>
    public AksConnectionSection ConnectionOf(ClusterSection cluster) =>
        Connections.First(connection => cluster.Connection is null || connection.Name == cluster.Connection);

    /// <summary>The cluster used where nobody chose one: the one marked so, or else the first.</summary>
    public ClusterSection? DefaultCluster => Clusters.FirstOrDefault(cluster => cluster.Default) ?? (Clusters is [var first, ..] ? first : null);
}

/// <summary>The AKS plugin of DSS.</summary>
public sealed record AksPluginSection
{
    [Key("Version that must be installed.", Default = "the newest of its source")]
    public string? Version { get; init; }

    [Key("Where it comes from: the plugin store, a git repository, or an archive.", Effect.RunOnly)]
    public PluginSource Source { get; init; } = PluginSource.Store;

    [Key("Address of the repository or of the archive.", Effect.RunOnly, Form = Form.Url)]
    public string? Url { get; init; }

    [Key("Branch, tag or commit of the repository.", Effect.RunOnly)]
    public string GitReference { get; init; } = "master";

    [Key("Interpreter of its code environment. Older ones know no upgrade channels.")]
    [OneOf("PYTHON39", "PYTHON310", "PYTHON311")]
    public string Python { get; init; } = "PYTHON39";
}

/// <summary>An AKS connection preset.</summary>
public sealed record AksConnectionSection
{
    [Key("Name of the preset.", Effect.NewName, Form = Form.DssName, Identifies = true)]
    public required string Name { get; init; }

    [Key("How the plugin signs in.", Default = "as identity.kind says")]
    public AksConnectionAuth? Auth { get; init; }

    [Key("A service principal of its own, instead of identity.servicePrincipal.")]
    public ServicePrincipalSection? ServicePrincipal { get; init; }

    [Key("Write the preset the reference architecture names, AKS connection; otherwise its successor, Azure credentials.", Default = "true for servicePrincipal")]
    public bool? Legacy { get; init; }

    [Key("Groups that may use it; empty means everybody.")]
    public IReadOnlyList<string> AllowedGroups { get; init; } = [];
}

/// <summary>Where a plugin comes from.</summary>
public enum PluginSource
{
    Store,
    Git,
    Archive,
}

/// <summary>How the AKS plugin signs in to Azure.</summary>
public enum AksConnectionAuth
{
    ServicePrincipal,
    ManagedIdentity,
}
