using System.Collections.Concurrent;
using System.Security.Authentication;
using Azure.Core;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>Sends single questions to registries and retries what they could not take.</summary>
internal sealed class RegistrySender
{
    // A new role grant is honoured after two minutes at most, and its way to the registry takes some seconds more.
    private static readonly RetryOptions Patience = new() { Attempts = 14, Longest = TimeSpan.FromSeconds(20), Deadline = TimeSpan.FromMinutes(3), Attempt = TimeSpan.FromSeconds(30) };

    private const int AttemptsOfTheUnwell = 6;

    // A registry answers "not there" to one who does not say that he can read what is there.
    private const string Accepted = "application/vnd.docker.distribution.manifest.v2+json, application/vnd.docker.distribution.manifest.list.v2+json, application/vnd.oci.image.manifest.v1+json, application/vnd.oci.image.index.v1+json";

    private readonly AzureEndpoints endpoints;
    private readonly TimeProvider clock;
    private readonly HttpClient http;
    private readonly Throttle throttle;
    private readonly RegistryTokens tokens;
    private readonly ConcurrentDictionary<string, byte> closed = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, byte> reached = new(StringComparer.OrdinalIgnoreCase);

    public RegistrySender(AzureEndpoints endpoints, TokenCredential credential, Redactor redactor, TimeProvider clock)
    {
        (this.endpoints, this.clock) = (endpoints, clock);
        (http, throttle) = (Trust.Client(endpoints), new Throttle(clock));
        http.Timeout = Patience.Attempt;
        tokens = new RegistryTokens(endpoints, credential as SharedCredential ?? new SharedCredential(credential, redactor, clock), redactor, OnceAsync);
    }

    /// <summary>The answer, whatever it says.</summary>
    /// <exception cref="ProblemException">Nobody could sign in.</exception>
    public Task<RegistryAnswer> SendAsync(RegistryRequest request, CancellationToken cancel) => PersistAsync(request, () => AskAsync(request, cancel), cancel);

    /// <summary>A token that says who this run is, for a program that signs in for it; or the answer that refused it.</summary>
    /// <exception cref="ProblemException">Nobody could sign in.</exception>
    public async Task<(string? Token, RegistryAnswer Answer)> SignInAsync(RegistryRequest request, CancellationToken cancel)
    {
        string? token = null;
        var answer = await PersistAsync(request, ExchangeAsync, cancel);
        return (token, answer);

        async Task<RegistryAnswer> ExchangeAsync()
        {
            (token, var refusal) = await tokens.WhoAsync(request, cancel);
            return refusal ?? new RegistryAnswer(200);
        }
    }

    private async Task<RegistryAnswer> PersistAsync(RegistryRequest request, Func<Task<RegistryAnswer>> ask, CancellationToken cancel)
    {
        var answer = await new Retries<RegistryAnswer>(Patience, clock, throttle, (answer, _) => Judge(request, answer)).SendAsync(() => AttemptAsync(request, ask, cancel), cancel);
        // Once a registry was asked in vain for as long as a grant takes, nobody waits for it again in this run.
        if (answer.Status is 401 or 403) closed.TryAdd(request.Registry, 0);
        if (answer.Error is null) closed.TryRemove(request.Registry, out _);
        return answer;
    }

    private async Task<RegistryAnswer> AttemptAsync(RegistryRequest request, Func<Task<RegistryAnswer>> ask, CancellationToken cancel)
    {
        try
        {
            var answer = await ask();
            reached.TryAdd(request.Registry, 0);
            // A token may be refused before its time, and says nothing of roles that were granted since.
            if (answer.Status == 401) tokens.Forget(request);
            return answer;
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException or OperationCanceledException && !cancel.IsCancellationRequested)
        {
            return new(0) { Error = ConnectionError.Of(failure, AddressOf(request)), Distrusted = ConnectionError.Causes(failure).Any(cause => cause is AuthenticationException) };
        }
    }

    private async Task<RegistryAnswer> AskAsync(RegistryRequest request, CancellationToken cancel)
    {
        var (token, refusal) = request.IsForeign ? default : await tokens.ForAsync(request, cancel);
        if (refusal is not null) return refusal;

        using var message = new HttpRequestMessage(request.Method, AddressOf(request));
        if (token is not null) message.Headers.Authorization = new("Bearer", token);
        message.Headers.TryAddWithoutValidation("Accept", Accepted);
        return await OnceAsync(message, cancel);
    }

    private async Task<RegistryAnswer> OnceAsync(HttpRequestMessage message, CancellationToken cancel)
    {
        using var response = await http.SendAsync(message, cancel);
        return await RegistryAnswer.OfAsync(response, clock, cancel);
    }

    private Verdict Judge(RegistryRequest request, RegistryAnswer? answer) => answer?.Error switch
    {
        null => Verdict.Final,
        // What was never reached is more likely out of reach than a hiccup.
        { Status: 0 } => new(!answer.Distrusted) { Attempts = reached.ContainsKey(request.Registry) ? AttemptsOfTheUnwell : 3 },
        { Status: 401 or 403 } error => new(!closed.ContainsKey(request.Registry) && RegistryProblems.CureOf(error) is Cure.Grant),
        { } error when Verdict.IsTransient(error.Status) => new(true, answer.RetryAfter, error.Status == 429) { Attempts = AttemptsOfTheUnwell },
        _ => Verdict.Final,
    };

    private Uri AddressOf(RegistryRequest request) =>
        new($"{(request.IsForeign ? Foreign(request.Registry) : endpoints.Registry.Replace("{name}", request.Registry, StringComparison.Ordinal))}/v2/{request.Repository}/{request.What}");

    // As docker takes it: a registry of this machine may do without TLS.
    private static string Foreign(string host) => $"{(host.Split(':')[0] is "localhost" or "127.0.0.1" ? "http" : "https")}://{host}";
}
