using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>A connection to an ADLS gen2 account as DSS writes it down, all but its secret.</summary>
public sealed class ConnectionDefinition(Manifest manifest, AdlsSection account, AdlsConnectionSection connection)
{
    /// <summary>What DSS calls Azure Blob and ADLS gen2 alike.</summary>
    public const string Type = "Azure";

    private const string Everybody = "ALL";
    private const string Some = "ALLOWED";
    private const string Nobody = "NONE";

    private static readonly string[] Taken = ["description", "type", "params", "usableBy", "allowedGroups"];

    private const string KeyParameter = "accessKey";
    private const string ApplicationParameter = "appSecret";

    /// <summary>The parameters that take the secrets of all ways to sign in.</summary>
    public static IReadOnlyList<string> SecretParameters { get; } = [KeyParameter, ApplicationParameter];

    /// <summary>The parameter that takes the secret.</summary>
    public string SecretParameter => connection.Auth is ConnectionAuth.SharedKey ? KeyParameter : ApplicationParameter;

    /// <summary>The service principal it signs in as; null when it signs in with the key of the account.</summary>
    public ServicePrincipalSection? Application =>
        connection.Auth is ConnectionAuth.SharedKey ? null : connection.ServicePrincipal ?? manifest.Identity.ServicePrincipal;

    public JsonObject Wish => (JsonObject)Json.Of(new
    {
        description = connection.Description is { Length: > 0 } description ? description : null,
        type = Type,
        credentialsMode = "GLOBAL",
        usableBy = UsableBy,
        allowedGroups = connection.AllowedGroups,
        allowWrite = connection.AllowWrite,
        allowManagedDatasets = connection.AllowManagedDatasets,
        allowManagedFolders = connection.AllowManagedFolders,
        detailsReadability = Details,
        @params = Parameters,
    });

    /// <summary>The six fields that DSS takes when a connection is made; it ignores all others then.</summary>
    public static JsonObject Birth(string name, JsonObject definition) => new(Taken
        .Select(field => KeyValuePair.Create(field, definition[field]?.DeepClone()))
        .Prepend(KeyValuePair.Create<string, JsonNode?>("name", name)));

    private string UsableBy => connection.AllowedGroups is [] ? Everybody : Some;

    private JsonObject Details => (connection.Details ?? (connection.DetailsGroups is [] ? ConnectionDetails.Everybody : ConnectionDetails.Groups)) switch
    {
        ConnectionDetails.Nobody => Readable(Nobody, []),
        ConnectionDetails.Groups => Readable(Some, connection.DetailsGroups),
        _ => Readable(UsableBy, connection.AllowedGroups),
    };

    private static JsonObject Readable(string readableBy, IReadOnlyList<string> allowedGroups) => (JsonObject)Json.Of(new { readableBy, allowedGroups });

    private JsonObject Parameters
    {
        get
        {
            var parameters = (JsonObject)Json.Of(new
            {
                storageAccount = account.Account,
                authType = Application is null ? "SHARED_KEY" : "OAUTH2_APP",
                tenantId = Application is null ? null : manifest.Azure.Tenant,
                appId = Application?.ClientId,
                chcontainer = connection.Container ?? "",
                chroot = connection.Root ?? "",
                defaultManagedContainer = connection.ManagedContainer ?? connection.Container ?? account.Containers[0],
                defaultManagedPath = connection.ManagedPath,
                hdfsInterface = connection.HdfsInterface,
                useSSL = true,
                metastoreSynchronizationMode = connection.MetastoreSync ? "KEEP_IN_SYNC" : "NO_SYNC",
                defaultMetastoreDatabase = connection.MetastoreDatabase,
            });
            if (Naming is { Count: > 0 } naming) parameters["namingRule"] = naming;
            return DssWish.With(parameters, connection.Settings);
        }
    }

    private JsonObject Naming => (JsonObject)Json.Of(new
    {
        pathDatasetNamePrefix = connection.NamingRules.PathPrefix,
        pathDatasetNameSuffix = connection.NamingRules.PathSuffix,
        metastoreTableNameDatasetNamePrefix = connection.NamingRules.TablePrefix,
        metastoreTableNameDatasetNameSuffix = connection.NamingRules.TableSuffix,
        metastoreDatabaseName = connection.NamingRules.MetastoreDatabase,
    });
}
