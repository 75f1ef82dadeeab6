namespace DssPipeline.Chapters;

/// <summary>Who DSS and the clusters are in Azure, what they may do, and where secrets are kept.</summary>
public sealed record IdentitySection
{
    [Key("Who DSS is in Azure: a service principal as in the reference architecture, or managed identities, which need no secret.", Effect.Restart)]
    public IdentityKind Kind { get; init; } = IdentityKind.ManagedIdentity;

    [Key("The service principal. Needed when kind is servicePrincipal, and for ADLS connections that sign in with one.")]
    public ServicePrincipalSection? ServicePrincipal { get; init; }

    [Key("Names of the user-assigned identities, when kind is managedIdentity.")]
    public ManagedIdentitiesSection ManagedIdentities { get; init; } = new();

    [Key("The Key Vault that keeps the secrets of the deployment.")]
    public KeyVaultSection KeyVault { get; init; } = new();

    [Key("Object id of whoever runs the pipeline; granted access to the secrets of the vault.", Form = Form.Guid)]
    public string? DeployerObjectId { get; init; }

    [Key("Roles beyond those the deployment needs by itself.")]
    public IReadOnlyList<RoleAssignmentSection> RoleAssignments { get; init; } = [];
}

/// <summary>A service principal that exists in the tenant.</summary>
public sealed record ServicePrincipalSection
{
    [Key("Application (client) id.", Form = Form.Guid)]
    public required string ClientId { get; init; }

    [Key("Object id of the enterprise application; role assignments name it. `az ad sp show --id <clientId> --query id` tells it.", Form = Form.Guid)]
    public required string ObjectId { get; init; }

    [Key("Client secret.")]
    public required SecretValue ClientSecret { get; init; }
}

/// <summary>The user-assigned identities of the deployment.</summary>
public sealed record ManagedIdentitiesSection
{
    [Key("Identity of the DSS machine.", Effect.NewName, Form = Form.IdentityName, Default = "id-{name}-dss")]
    public string? Vm { get; init; }

    [Key("Identity of the control plane of the clusters.", Effect.NewName, Form = Form.IdentityName, Default = "id-{name}-aks")]
    public string? Cluster { get; init; }

    [Key("Identity of the kubelets, which pull images.", Effect.NewName, Form = Form.IdentityName, Default = "id-{name}-kubelet")]
    public string? Kubelet { get; init; }
}

/// <summary>The Key Vault of the deployment.</summary>
public sealed record KeyVaultSection
{
    [Key("Name of the vault, unique in the whole of Azure, deleted vaults included.", Effect.NewName, Form = Form.KeyVaultName, Default = "kv-{name}")]
    public string? Name { get; init; }

    [Key("How long a deleted vault and its secrets are kept.", Effect.Refused, Unit = "days", Min = 7, Max = 90)]
    public int RetentionDays { get; init; } = 90;

    [Key("Nobody can purge before the retention ends. Cannot be turned off again.", Effect.Refused)]
    public bool PurgeProtection { get; init; }

    [Key("Reachable from public networks.", Default = "true when network.access is public")]
    public bool? PublicAccess { get; init; }
}

/// <summary>One role of one principal at one scope.</summary>
public sealed record RoleAssignmentSection
{
    [Key("Who: `dss`, `cluster`, `kubelet`, or an object id.", Effect.NewName, Form = Form.Principal)]
    public required string Principal { get; init; }

    [Key("Kind of an object id.", Effect.NewName)]
    [OneOf("ServicePrincipal", "User", "Group")]
    public string PrincipalType { get; init; } = "ServicePrincipal";

    [Key("Name of a built-in role, or the guid of a role definition.", Effect.NewName)]
    public required string Role { get; init; }

    [Key("ARM id of what the role is for.", Effect.NewName, Form = Form.ArmId, Default = "the resource group")]
    public string? Scope { get; init; }
}

/// <summary>Who DSS is in Azure.</summary>
public enum IdentityKind
{
    ServicePrincipal,
    ManagedIdentity,
}
