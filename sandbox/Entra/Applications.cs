namespace DssPipeline.Sandbox;

/// <summary>Who may sign in: the sandbox's own service principal, and the user-assigned identities of its world.</summary>
internal sealed class Applications(IReadOnlyList<FederatedCredential> trusted, ManagedIdentities identities)
{
    public Application? Find(string clientId) => clientId == SandboxIds.Client
        ? new Application(Principal.Service, SandboxIds.ClientSecret, trusted)
        : identities.FindApplication(clientId);
}

/// <summary>One application, its secret if it has one, and the foreign tokens it trusts.</summary>
internal sealed record Application(Principal Principal, string? Secret, IReadOnlyList<FederatedCredential> Trusted);
