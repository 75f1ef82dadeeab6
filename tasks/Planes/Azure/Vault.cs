using Azure.Core;
using Azure.Security.KeyVault.Secrets;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>The secrets of Key Vaults: read and written through the data plane, never through ARM.</summary>
public sealed class Vault(AzureEndpoints endpoints, TokenCredential credential, Redactor redactor, TimeProvider? time = null)
{
    private readonly TimeProvider clock = time ?? TimeProvider.System;
    private readonly VaultSender sender = new(endpoints, credential, redactor, time ?? TimeProvider.System);

    /// <summary>The newest version of a secret, masked from now on; null when there is none.</summary>
    /// <exception cref="ProblemException">The vault cannot be reached, does not let this run in, or the secret is disabled or out of its time.</exception>
    public async Task<Secret?> ReadAsync(string vault, string name, CancellationToken cancel)
    {
        var answer = await sender.SendAsync(vault, client => ValueOf(client.GetSecretAsync(name, cancellationToken: cancel)), cancel);
        if (answer.Error?.Status == 404) return null;

        var secret = answer.Error is { } error ? throw sender.Tell(error, vault, name) : answer.Secret!;
        var value = redactor.Add(new Secret(secret.Value));
        return OutOfTime(secret.Properties) is { } late ? throw sender.Tell(late, vault, name) : value;
    }

    /// <summary>Writes a secret as its newest version; one that was deleted under this name is recovered first.</summary>
    /// <exception cref="ProblemException">The vault cannot be reached, or does not let this run write.</exception>
    public async Task WriteAsync(string vault, string name, Secret value, CancellationToken cancel)
    {
        redactor.Add(value);
        var answer = await SetAsync(vault, name, value, cancel);
        if (answer.Error?.Code == VaultError.Deleted)
        {
            // Somebody else may have recovered it meanwhile; writing again settles it.
            await sender.SendAsync(vault, client => DoneAsync(client.StartRecoverDeletedSecretAsync(name, CancellationToken.None)), cancel);
            answer = await SetAsync(vault, name, value, cancel);
        }

        if (answer.Error is { } error) throw sender.Tell(error, vault, name);
    }

    /// <summary>What was sent is sent to its end: a write that was cut in the middle may or may not have happened.</summary>
    private Task<VaultAnswer> SetAsync(string vault, string name, Secret value, CancellationToken cancel) =>
        sender.SendAsync(vault, client => ValueOf(client.SetSecretAsync(new KeyVaultSecret(name, value.Reveal()), CancellationToken.None)), cancel);

    /// <summary>The vault hands out secrets also before and after their time, as a help for emergencies; a deployment is none.</summary>
    private RemoteError? OutOfTime(SecretProperties secret) => clock.GetUtcNow() switch
    {
        var now when secret.ExpiresOn <= now => new(403, "SecretExpired", $"It expired at {secret.ExpiresOn:yyyy-MM-dd HH:mm} UTC."),
        var now when secret.NotBefore > now => new(403, "SecretNotYetValid", $"It is valid from {secret.NotBefore:yyyy-MM-dd HH:mm} UTC."),
        _ => null,
    };

    private static async Task<KeyVaultSecret?> ValueOf(Task<Azure.Response<KeyVaultSecret>> asked) => (await asked).Value;

    private static async Task<KeyVaultSecret?> DoneAsync(Task<RecoverDeletedSecretOperation> asked)
    {
        await asked;
        return null;
    }
}
