using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The secrets that the installation needs: those of the manifest, and those this deployment keeps in its own vault.</summary>
public sealed class DssSecrets(Vault vault, Manifest manifest)
{
    private readonly Revealing revealing = new(vault);

    /// <summary>The vault of this deployment, which is made before DSS.</summary>
    public ResourceId Keeper => manifest.Names.KeyVault.Id;

    private string Own => manifest.Names.KeyVault.Name;

    /// <exception cref="ProblemException">Nobody has it, or its vault does not hand it out.</exception>
    public Task<Secret> RevealAsync(SecretValue value, string key, CancellationToken cancel) => revealing.RevealAsync(value, key, cancel);

    /// <summary>What a look can know of a secret of the manifest.</summary>
    public Task<Offered> OfferAsync(SecretValue value, string key, CancellationToken cancel) => value.Kept is { } kept && !IsOwn(kept.Vault)
        ? Known(revealing.RevealAsync(value, key, cancel))
        : TriedAsync(async () => await revealing.RevealAsync(value, key, cancel));

    /// <summary>What a look can know of a secret of the own vault; nothing when nobody wrote it yet.</summary>
    public Task<Offered> OfferAsync(string name, CancellationToken cancel) => TriedAsync(() => vault.ReadAsync(Own, name, cancel));

    public Task<Secret?> ReadAsync(string name, CancellationToken cancel) => vault.ReadAsync(Own, name, cancel);

    public Task KeepAsync(string name, Secret value, CancellationToken cancel) => vault.WriteAsync(Own, name, value, cancel);

    private bool IsOwn(string name) => string.Equals(name, Own, StringComparison.OrdinalIgnoreCase);

    private static async Task<Offered> Known(Task<Secret> secret) => new(await secret, null);

    /// <summary>Before the first run there is no vault, and no DSS either. So the reason goes along to the machine, and is an error only where DSS is there.</summary>
    private static async Task<Offered> TriedAsync(Func<Task<Secret?>> read)
    {
        try
        {
            return new(await read(), null);
        }
        catch (ProblemException failure)
        {
            return new(null, $"{failure.Problems[0].Summary}: {failure.Problems[0].Detail}");
        }
    }
}

/// <summary>A secret as far as a look could learn it.</summary>
/// <param name="Value">Null when there is none, or it could not be read.</param>
/// <param name="Unread">Why it could not be read.</param>
public sealed record Offered(Secret? Value, string? Unread);
