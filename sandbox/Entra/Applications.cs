namespace DssPipeline.Sandbox;

/// <summary>Who may sign in: the sandbox's own service principal, those of its directory, and the user-assigned identities of its world.</summary>
internal sealed class Applications(IReadOnlyList<FederatedCredential> trusted, IReadOnlyList<ServicePrincipal> others, ManagedIdentities identities)
{
    public Application? Find(string clientId)
    {
        if (clientId == SandboxIds.Client) return new Application(Principal.Service, SandboxIds.ClientSecret, trusted);

        var other = others.FirstOrDefault(other => other.ClientId.Equals(clientId, StringComparison.OrdinalIgnoreCase));
        return other is null ? identities.FindApplication(clientId) : new Application(new Principal(other.ClientId, other.ObjectId), other.Secret, []) { TakesAnySecret = other.Secret is null };
    }
}

/// <summary>One application, its secret if it has one, and the foreign tokens it trusts.</summary>
internal sealed record Application(Principal Principal, string? Secret, IReadOnlyList<FederatedCredential> Trusted)
{
    public bool TakesAnySecret { get; init; }

    public bool Takes(string secret) => TakesAnySecret || (Secret is not null && secret == Secret);
}
