using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>Who a cluster and its nodes are: managed identities, or the service principal of the reference architecture.</summary>
internal sealed class ClusterIdentity(Manifest manifest)
{
    public const string SecretTag = "dss-pipeline:secret";
    public const string SecretPath = "/properties/servicePrincipalProfile/secret";

    private const string ApplicationPath = "/properties/servicePrincipalProfile/clientId";

    private readonly Names names = manifest.Names;
    private readonly Principals principals = new(manifest);

    /// <summary>The roles without which a cluster cannot be made.</summary>
    public IEnumerable<ResourceId> Roles =>
    [
        .. IsManaged ? [names.ClusterIdentity.Id, names.KubeletIdentity.Id, new Grant(principals.Cluster, "Managed Identity Operator", names.KubeletIdentity).Name.Id] : Array.Empty<ResourceId>(),
        new Grant(principals.Cluster, "Network Contributor", names.AksSubnet).Name.Id,
        new Grant(principals.Kubelet, "AcrPull", names.Registry).Name.Id,
    ];

    public object? ControlPlane => IsManaged ? new { type = "UserAssigned", userAssignedIdentities = new JsonObject { [names.ClusterIdentity.Path] = new JsonObject() } } : null;

    public object? Kubelet => IsManaged ? new { kubeletidentity = new { resourceId = names.KubeletIdentity.Path, clientId = Known("clientId"), objectId = Known("principalId") } } : null;

    /// <summary>The service principal without its secret, which is added on the way to Azure and never before.</summary>
    public object? Application => ServicePrincipal is { } application ? new { clientId = application.ClientId } : null;

    private bool IsManaged => manifest.Identity.Kind is IdentityKind.ManagedIdentity;

    private ServicePrincipalSection? ServicePrincipal => IsManaged ? null : manifest.Identity.ServicePrincipal;

    /// <summary>The role by which a private cluster writes its name into somebody else's zone.</summary>
    public static Grant ZoneGrant(Manifest manifest, AzureName zone) => new(new Principals(manifest).Cluster, "Private DNS Zone Contributor", zone);

    /// <summary>A fingerprint of the secret, kept as a tag: it tells that the secret changed.</summary>
    public string? SecretMark(string key) => ServicePrincipal?.ClientSecret.Known?.Fingerprint(key);

    /// <summary>Whether a difference there means that the cluster does not know the service principal's secret any more.</summary>
    public bool IsReset(string path) => ServicePrincipal is not null && path is ApplicationPath or $"/tags/{SecretTag}";

    /// <summary>The change with the secret in its wish.</summary>
    public Change WithSecret(Change change)
    {
        if (ServicePrincipal is null || Pointer.At(change.Desired, "/properties/servicePrincipalProfile") is null) return change;

        var wish = change.Desired!.DeepClone();
        wish["properties"]!["servicePrincipalProfile"]!["secret"] = Secret.Reveal();
        return change with { Desired = wish };
    }

    /// <summary>Tells a cluster the secret anew; a PUT with another one would be refused.</summary>
    public Task ResetAsync(Arm arm, ArmAddress cluster, CancellationToken cancel) => arm.AskAsync(
        $"{cluster.Id}/resetServicePrincipalProfile",
        cluster.ApiVersion,
        Json.Of(new { clientId = ServicePrincipal!.ClientId, secret = Secret.Reveal() }),
        cancel);

    private Secret Secret => ServicePrincipal!.ClientSecret.Known ?? throw new ProblemException(new Problem(
        "Secret is out of reach",
        $"identity.servicePrincipal.clientSecret is {ServicePrincipal.ClientSecret.Source}. AKS keeps the secret itself, and this version reads no vaults. Give it as ${{env:NAME}} or ${{file:path}}, or let the cluster use managed identities."));

    private JsonNode Known(string member) => Reference.To(names.KubeletIdentity.Id, $"/properties/{member}");
}
