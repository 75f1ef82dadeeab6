using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The service principals that the manifest says exist in the tenant, with the secrets they sign in with.</summary>
public sealed class ServicePrincipals(Vault vault, Manifest manifest)
{
    /// <summary>Each with its secret; one whose secret nobody has yet is left out.</summary>
    public async Task<IReadOnlyList<(ServicePrincipalSection Who, Secret Secret)>> RevealAsync(CancellationToken cancel)
    {
        var found = new List<(ServicePrincipalSection, Secret)>();
        foreach (var (who, key) in All)
        {
            if (await KnownAsync(who.ClientSecret, $"{key}.servicePrincipal.clientSecret", cancel) is { } secret) found.Add((who, secret));
        }

        return found;
    }

    private IEnumerable<(ServicePrincipalSection Who, string Key)> All =>
        from place in Stated
        where place.Who is not null
        select (place.Who, place.Key);

    private IEnumerable<(ServicePrincipalSection? Who, string Key)> Stated =>
    [
        (manifest.Identity.ServicePrincipal, "identity"),
        .. manifest.Adls.SelectMany(account => account.Connections.Select(connection => (connection.ServicePrincipal, $"adls[{account.Account}].connections[{connection.Name}]"))),
        .. manifest.Aks.Connections.Select(connection => (connection.ServicePrincipal, $"aks.connections[{connection.Name}]")),
    ];

    private Task<Secret?> KnownAsync(SecretValue value, string key, CancellationToken cancel) => value switch
    {
        { IsStandIn: true } => vault.ReadAsync(StandIns.VaultName, StandIns.NameOf(key), cancel),
        { Kept: { } kept } => vault.ReadAsync(kept.Vault, kept.Name, cancel),
        _ => Task.FromResult(value.Known),
    };
}
