using System.Text.Json.Nodes;

namespace DssPipeline.Chapters;

/// <summary>One DSS connection to an ADLS gen2 account.</summary>
public sealed record AdlsConnectionSection
{
    [Key("Name of the connection, unique in DSS.", Effect.NewName, Form = Form.DssName, Identifies = true)]
    public required string Name { get; init; }

    [Key("What it is for.")]
    public string Description { get; init; } = "";

    [Key("How DSS signs in: as the service principal, or with the key of the account. DSS knows no managed identity here.")]
    public ConnectionAuth Auth { get; init; } = ConnectionAuth.ServicePrincipal;

    [Key("A service principal of its own, instead of identity.servicePrincipal.")]
    public ServicePrincipalSection? ServicePrincipal { get; init; }

    [Key("Container the connection is confined to.", Form = Form.ContainerName, Default = "none: any container")]
    public string? Container { get; init; }

    [Key("Path in the container the connection is confined to.", Default = "none: any path")]
    public string? Root { get; init; }

    [Key("Container of managed datasets.", Form = Form.ContainerName, Default = "container, else the first of the account")]
    public string? ManagedContainer { get; init; }

    [Key("Path of managed datasets.")]
    public string ManagedPath { get; init; } = "/dataiku";

    [Key("HDFS interface; ABFS is the one of ADLS gen2.")]
    [OneOf("ABFS", "WASB", "NONE")]
    public string HdfsInterface { get; init; } = "ABFS";

    [Key("Keep the metastore in step with managed datasets.")]
    public bool MetastoreSync { get; init; } = true;

    [Key("Metastore database.", Variables = true)]
    public string? MetastoreDatabase { get; init; }

    [Key("What DSS calls new managed datasets in the store and in the metastore.")]
    public NamingRulesSection NamingRules { get; init; } = new();

    [Key("Users may write.")]
    public bool AllowWrite { get; init; } = true;

    [Key("Users may make managed datasets.")]
    public bool AllowManagedDatasets { get; init; } = true;

    [Key("Users may make managed folders.")]
    public bool AllowManagedFolders { get; init; } = true;

    [Key("Groups that may use it; empty means everybody.")]
    public IReadOnlyList<string> AllowedGroups { get; init; } = [];

    [Key("Who may read its details, its secret among them: `everybody` who may use it, the `groups` of detailsGroups, or `nobody`. Code of Spark goes to the data directly only for users who may, and through DSS, slowly, for others.", Default = "groups where detailsGroups names some, else everybody")]
    public ConnectionDetails? Details { get; init; }

    [Key("Groups that may read its details.")]
    public IReadOnlyList<string> DetailsGroups { get; init; } = [];

    [Key("Members laid over the parameters of the connection as DSS stores them, for what no other key says; null takes one out of what is asked for.", Variables = true)]
    public JsonObject Settings { get; init; } = [];
}

/// <summary>How DSS names new managed datasets of a connection.</summary>
public sealed record NamingRulesSection
{
    [Key("Before the path of a dataset.", Variables = true)]
    public string? PathPrefix { get; init; }

    [Key("After the path of a dataset.", Variables = true)]
    public string? PathSuffix { get; init; }

    [Key("Before the name of its table in the metastore.", Variables = true)]
    public string? TablePrefix { get; init; }

    [Key("After the name of its table in the metastore.", Variables = true)]
    public string? TableSuffix { get; init; }

    [Key("Database of its table.", Variables = true)]
    public string? MetastoreDatabase { get; init; }
}

/// <summary>Who may read the details of a DSS connection, its secret among them.</summary>
public enum ConnectionDetails
{
    Nobody,
    Groups,
    Everybody,
}

/// <summary>How a DSS connection signs in to an account.</summary>
public enum ConnectionAuth
{
    ServicePrincipal,
    SharedKey,
}
