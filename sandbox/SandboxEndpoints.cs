namespace DssPipeline.Sandbox;

/// <summary>Where a running sandbox listens, whom it trusts and as whom to sign in: all a client needs to know.</summary>
public sealed record SandboxEndpoints
{
    public required Uri Arm { get; init; }

    /// <summary>The authority host of Entra; a tenant id follows in the path.</summary>
    public required Uri Authority { get; init; }

    /// <summary>The instance metadata service, over plain http as the real one.</summary>
    public required Uri Imds { get; init; }

    /// <summary>Vaults answer at <c>{KeyVault}{name}/</c>, or under their real name when the connection is led here.</summary>
    public required Uri KeyVault { get; init; }

    /// <summary>Storage accounts answer at <c>{Blob}{account}/</c>, or under their real name when the connection is led here.</summary>
    public required Uri Blob { get; init; }

    /// <summary>Clusters answer at <c>{Kubernetes}{fqdn}/</c>, or under their real name when the connection is led here.</summary>
    public required Uri Kubernetes { get; init; }

    /// <summary>Registries answer at <c>{Registry}{name}/</c>, or under their real name when the connection is led here.</summary>
    public required Uri Registry { get; init; }

    public required OidcRequest GitHubOidc { get; init; }

    public required OidcRequest AzurePipelinesOidc { get; init; }

    /// <summary>The certificate of the authority that signed every endpoint, as PEM.</summary>
    public required string CaFile { get; init; }

    public string TenantId { get; init; } = SandboxIds.Tenant;

    public string SubscriptionId { get; init; } = SandboxIds.Subscription;

    public string ClientId { get; init; } = SandboxIds.Client;

    public string ObjectId { get; init; } = SandboxIds.ServicePrincipal;

    public string ClientSecret { get; init; } = SandboxIds.ClientSecret;

    public string ServiceConnectionId { get; init; } = SandboxIds.ServiceConnection;

    public required string RequestLogFile { get; init; }

    /// <summary>The machines by name, as they come and go.</summary>
    public IReadOnlyDictionary<string, MachineEndpoint> Machines { get; init; } = new Dictionary<string, MachineEndpoint>(StringComparer.OrdinalIgnoreCase);
}

/// <summary>Where a pipeline asks for its identity token, and the token that lets it ask.</summary>
public sealed record OidcRequest(string RequestUrl, string RequestToken);
