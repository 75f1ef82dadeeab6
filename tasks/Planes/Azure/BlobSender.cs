using System.Security.Authentication;
using Azure.Core;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>Sends single requests to the blob service of storage accounts and retries what it could not take.</summary>
internal sealed class BlobSender
{
    private const string ServiceVersion = "2025-05-05";

    private static readonly TokenRequestContext Scope = new(["https://storage.azure.com/.default"]);

    private readonly AzureEndpoints endpoints;
    private readonly SharedCredential credential;
    private readonly TimeProvider clock;
    private readonly HttpClient http;
    private readonly Throttle throttle;
    private volatile bool reached;

    public BlobSender(AzureEndpoints endpoints, TokenCredential credential, Redactor redactor, TimeProvider clock)
    {
        (this.endpoints, this.clock) = (endpoints, clock);
        this.credential = credential as SharedCredential ?? new SharedCredential(credential, redactor, clock);
        (http, throttle) = (Trust.Client(endpoints), new Throttle(clock));
    }

    /// <summary>The answer, whatever it says. Cancelling ends the waiting between attempts; what was sent is sent to its end.</summary>
    /// <exception cref="ProblemException">Nobody could sign in.</exception>
    public async Task<BlobAnswer> SendAsync(BlobRequest request, RetryOptions patience, CancellationToken cancel)
    {
        var address = new Uri($"{endpoints.Blob.Replace("{name}", request.Blob.Account, StringComparison.Ordinal)}/{request.Blob.Container}/{Uri.EscapeDataString(request.Blob.Name)}{request.Query}");
        try
        {
            return await new Retries<BlobAnswer>(patience, clock, throttle, Judge).SendAsync(() => AttemptAsync(request, address, patience.Attempt), cancel);
        }
        catch (Exception exception) when (IsConnection(exception) && !cancel.IsCancellationRequested)
        {
            return new BlobAnswer(0) { Error = ConnectionError.Of(exception, address) };
        }
    }

    /// <summary>A token may be refused before its time; then one with a new token settles whether it was the token.</summary>
    private async Task<BlobAnswer> AttemptAsync(BlobRequest request, Uri address, TimeSpan limit)
    {
        using var late = new CancellationTokenSource(limit, clock);
        var answer = await OnceAsync(request, address, late.Token);
        if (answer.Status != 401) return answer;

        credential.Forget();
        return await OnceAsync(request, address, late.Token);
    }

    private async Task<BlobAnswer> OnceAsync(BlobRequest request, Uri address, CancellationToken late)
    {
        var token = await credential.GetTokenAsync(Scope, late);
        using var message = new HttpRequestMessage(request.Method, address);
        message.Headers.Authorization = new("Bearer", token.Token);
        message.Headers.Add("x-ms-version", ServiceVersion);
        foreach (var (name, value) in request.Headers) message.Headers.TryAddWithoutValidation(name, value);
        if (request.Method == HttpMethod.Put) message.Content = new ByteArrayContent([]);

        using var response = await http.SendAsync(message, late);
        reached = true;
        return await BlobAnswer.OfAsync(response, clock, late);
    }

    private Verdict Judge(BlobAnswer? answer, Exception? exception)
    {
        // What was never reached is more likely out of reach than a hiccup.
        if (exception is not null) return new(IsConnection(exception) && !ConnectionError.Causes(exception).Any(cause => cause is AuthenticationException)) { Attempts = reached ? int.MaxValue : 3 };
        return answer is not null && Verdict.IsTransient(answer.Status) ? new(true, answer.RetryAfter, answer.Status == 429) : Verdict.Final;
    }

    private static bool IsConnection(Exception exception) => exception is IOException or HttpRequestException or OperationCanceledException;
}
