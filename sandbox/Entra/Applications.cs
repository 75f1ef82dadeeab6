namespace DssPipeline.Sandbox;

/// <summary>The applications that may sign in: the sandbox's own service principal, with a secret and with tokens of its pipelines.</summary>
internal sealed class Applications(IReadOnlyList<FederatedCredential> trusted)
{
    public Application? Find(string clientId) =>
        clientId == SandboxIds.Client ? new Application(Principal.Service, SandboxIds.ClientSecret, trusted) : null;
}

/// <summary>One application, its secret if it has one, and the foreign tokens it trusts.</summary>
internal sealed record Application(Principal Principal, string? Secret, IReadOnlyList<FederatedCredential> Trusted);
