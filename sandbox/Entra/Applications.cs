using System.Collections.Concurrent;

namespace DssPipeline.Sandbox;

/// <summary>Who may sign in: the sandbox's own service principal, those that were enrolled, and the user-assigned identities of its world.</summary>
internal sealed class Applications(IReadOnlyList<FederatedCredential> trusted, ManagedIdentities identities)
{
    private readonly ConcurrentDictionary<string, Application> enrolled = new(StringComparer.OrdinalIgnoreCase);

    public Application? Find(string clientId) => clientId == SandboxIds.Client
        ? new Application(Principal.Service, [SandboxIds.ClientSecret], trusted)
        : enrolled.GetValueOrDefault(clientId) ?? identities.FindApplication(clientId);

    /// <summary>Makes an application known, or gives one another secret beside those it has.</summary>
    public void Enroll(Principal principal, string secret) => enrolled.AddOrUpdate(
        principal.ClientId,
        _ => new Application(principal, [secret], []),
        (_, known) => known with { Principal = principal, Secrets = [.. known.Secrets, secret] });
}

/// <summary>One application, its secrets if it has any, and the foreign tokens it trusts.</summary>
internal sealed record Application(Principal Principal, IReadOnlyList<string> Secrets, IReadOnlyList<FederatedCredential> Trusted);
