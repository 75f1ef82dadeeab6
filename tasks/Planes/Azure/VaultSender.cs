using System.Collections.Concurrent;
using System.Security.Authentication;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Security.KeyVault.Secrets;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>Sends single requests to vaults and retries what they could not take.</summary>
internal sealed class VaultSender
{
    // A new role grant is honoured after two minutes at most, and its way to the vault takes some seconds more.
    private static readonly RetryOptions Patience = new() { Attempts = 14, Longest = TimeSpan.FromSeconds(20), Deadline = TimeSpan.FromMinutes(3), Attempt = TimeSpan.FromSeconds(30) };

    private const int AttemptsOfTheUnwell = 6;

    private readonly AzureEndpoints endpoints;
    private readonly SharedCredential credential;
    private readonly Redactor redactor;
    private readonly TimeProvider clock;
    private readonly HttpClientTransport transport;
    private readonly Throttle throttle;
    private readonly ConcurrentDictionary<string, SecretClient> clients = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, byte> closed = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, byte> reached = new(StringComparer.OrdinalIgnoreCase);

    public VaultSender(AzureEndpoints endpoints, TokenCredential credential, Redactor redactor, TimeProvider clock)
    {
        (this.endpoints, this.redactor, this.clock) = (endpoints, redactor, clock);
        this.credential = credential as SharedCredential ?? new SharedCredential(credential, redactor, clock);
        (transport, throttle) = (new HttpClientTransport(Trust.Client(endpoints)), new Throttle(clock));
    }

    /// <summary>The answer, whatever it says.</summary>
    /// <exception cref="ProblemException">Nobody could sign in.</exception>
    public async Task<VaultAnswer> SendAsync(string vault, Func<SecretClient, Task<KeyVaultSecret?>> ask, CancellationToken cancel)
    {
        var client = clients.GetOrAdd(vault, Open);
        var answer = await new Retries<VaultAnswer>(Patience, clock, throttle, (answer, failure) => Judge(vault, answer, failure)).SendAsync(() => AttemptAsync(client, vault, ask, cancel), cancel);
        // Once a vault was asked in vain for as long as a grant takes, nobody waits for it again in this run.
        if (answer.Error?.Status == 403) closed.TryAdd(vault, 0);
        if (answer.Error is null) closed.TryRemove(vault, out _);
        return answer;
    }

    public ProblemException Tell(RemoteError error, string vault, string name)
    {
        var facts = new Dictionary<string, string>(error.Facts, StringComparer.OrdinalIgnoreCase) { ["name"] = vault, ["secret"] = name };
        return ArmProblems.Tell(error with { Facts = facts }, $"The secret {name} of the vault {vault}", redactor);
    }

    /// <summary>A token may be refused before its time; then one with a new token settles whether it was the token.</summary>
    private async Task<VaultAnswer> AttemptAsync(SecretClient client, string vault, Func<SecretClient, Task<KeyVaultSecret?>> ask, CancellationToken cancel)
    {
        var answer = await OnceAsync(client, vault, ask, cancel);
        if (answer.Error?.Status != 401) return answer;

        credential.Forget();
        return await OnceAsync(client, vault, ask, cancel);
    }

    private async Task<VaultAnswer> OnceAsync(SecretClient client, string vault, Func<SecretClient, Task<KeyVaultSecret?>> ask, CancellationToken cancel)
    {
        try
        {
            var secret = await ask(client);
            reached.TryAdd(vault, 0);
            return new(secret, null);
        }
        catch (RequestFailedException failure) when (failure.Status > 0)
        {
            reached.TryAdd(vault, 0);
            return new(null, VaultError.Of(failure)) { RetryAfter = VaultError.WaitOf(failure, clock) };
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException or RequestFailedException or OperationCanceledException && !cancel.IsCancellationRequested)
        {
            return new(null, ConnectionError.Of(failure, client.VaultUri)) { Distrusted = ConnectionError.Causes(failure).Any(cause => cause is AuthenticationException) };
        }
    }

    private Verdict Judge(string vault, VaultAnswer? answer, Exception? failure) => (failure is null ? answer?.Error : null) switch
    {
        // What was never reached is more likely out of reach than a hiccup.
        { Status: 0 } => new(!answer!.Distrusted) { Attempts = reached.ContainsKey(vault) ? AttemptsOfTheUnwell : 3 },
        { Code: VaultError.BeingRecovered or VaultError.BeingDeleted } => new(true),
        // A vault makes one change of a secret at a time, as ARM does of a resource.
        { Status: 409 } error => new(ArmProblems.CureOf(error) is Cure.Busy),
        { Status: 403 } error => new(!closed.ContainsKey(vault) && ArmProblems.CureOf(error) is Cure.Grant),
        { } error when Verdict.IsTransient(error.Status) => new(true, answer!.RetryAfter, error.Status == 429) { Attempts = AttemptsOfTheUnwell },
        _ => Verdict.Final,
    };

    private SecretClient Open(string vault)
    {
        var address = new Uri(endpoints.Vault.Replace("{name}", vault, StringComparison.Ordinal));
        var options = new SecretClientOptions
        {
            Transport = transport,
            // The sandbox asks for tokens of Azure's vaults from another address; anywhere else that would be a trap.
            DisableChallengeResourceVerification = address.IsLoopback,
        };
        options.Retry.MaxRetries = 0;
        options.Retry.NetworkTimeout = Patience.Attempt;
        options.Diagnostics.ApplicationId = "DssPipeline";
        options.Diagnostics.IsLoggingContentEnabled = false;
        options.Diagnostics.IsDistributedTracingEnabled = false;
        return new SecretClient(address, credential, options);
    }
}

/// <summary>What a vault answered: the secret, nothing, or why not.</summary>
internal sealed record VaultAnswer(KeyVaultSecret? Secret, RemoteError? Error)
{
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The other side showed a certificate that is not trusted here.</summary>
    public bool Distrusted { get; init; }
}
