using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>Gives the value of a secret of the manifest: known since reading, or read from its vault when it is needed.</summary>
public sealed class Revealing(Vault vault)
{
    /// <param name="key">The key that names it, for the message when it is missing: <c>dss.license</c>.</param>
    /// <exception cref="ProblemException">The vault holds no such secret, or does not hand it out.</exception>
    public async Task<Secret> RevealAsync(SecretValue value, string key, CancellationToken cancel)
    {
        if (value.IsStandIn) return await vault.ReadAsync(StandIns.VaultName, StandIns.NameOf(key), cancel) ?? value.Known!;
        if (value.Kept is not { } kept) return value.Known!;

        return await vault.ReadAsync(kept.Vault, kept.Name, cancel) ?? throw new ProblemException(Missing(value, kept, key));
    }

    private static Problem Missing(SecretValue value, VaultSecret kept, string key) =>
        new("Secret is not in its vault", $"{key} is {value.Source}, and the vault {kept.Vault} holds no secret of that name, or only a deleted one. Write it there, from a file so that it stays out of the shell's history, and run again.")
        {
            Command = $"az keyvault secret set --vault-name {kept.Vault} --name {kept.Name} --file FILE",
        };
}
