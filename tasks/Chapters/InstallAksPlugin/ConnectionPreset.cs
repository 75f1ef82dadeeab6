using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>An AKS connection preset: who the plugin is in Azure. Every parameter is stated, because nobody but the user interface fills in defaults.</summary>
public sealed class ConnectionPreset(Manifest manifest, AksConnectionSection connection)
{
    /// <summary>The parameter set that the reference architecture names.</summary>
    public const string LegacySet = "connection-info";

    /// <summary>Its successor, which knows managed identities.</summary>
    public const string CurrentSet = "connection-info-v2";

    /// <summary>The parameter that takes the secret, in both sets.</summary>
    public const string SecretParameter = "password";

    public string Set => connection.Legacy ?? Application is not null ? LegacySet : CurrentSet;

    /// <summary>The service principal it signs in as; null for a managed identity.</summary>
    public ServicePrincipalSection? Application => Auth is AksConnectionAuth.ServicePrincipal ? connection.ServicePrincipal ?? manifest.Identity.ServicePrincipal : null;

    /// <summary>The parameters, all but the secret.</summary>
    public JsonObject Config => Set is LegacySet ? Legacy : Current;

    /// <summary>All parameters, as they go to DSS.</summary>
    public JsonObject ConfigWith(Secret? password) => new(Config.Select(parameter => KeyValuePair.Create(parameter.Key, parameter.Value?.DeepClone())).Append(KeyValuePair.Create<string, JsonNode?>(SecretParameter, password?.Reveal() ?? "")));

    private AksConnectionAuth Auth => connection.Auth ?? (manifest.Identity.Kind is IdentityKind.ServicePrincipal ? AksConnectionAuth.ServicePrincipal : AksConnectionAuth.ManagedIdentity);

    // The plugin asks the machine's metadata for the subscription of the current set only.
    private JsonObject Legacy => (JsonObject)Json.Of(new
    {
        subscriptionId = manifest.Azure.Subscription,
        tenantId = manifest.Azure.Tenant,
        clientId = Application?.ClientId ?? "",
    });

    // Where the machine has several identities the plugin takes any of them, unless one is named.
    private JsonObject Current => (JsonObject)Json.Of(new
    {
        identityType = Application is null ? "user-assigned" : "service-principal",
        userManagedIdentityId = Application is null ? manifest.Names.VmIdentity.Path : "",
        tenantId = Application is null ? "" : manifest.Azure.Tenant,
        clientId = Application?.ClientId ?? "",
        subscriptionId = manifest.Azure.Subscription,
    });
}
