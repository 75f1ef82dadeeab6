using System.Security.Authentication;
using Azure;
using Azure.Core;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>Sends single requests to ARM and retries what ARM could not take.</summary>
internal sealed class ArmSender
{
    private readonly ArmOptions options;
    private readonly TimeProvider clock;
    private readonly SharedCredential credential;
    private readonly ArmChannel channel;
    private readonly Retries<ArmAnswer> bold;
    private readonly Retries<ArmAnswer> careful;
    private volatile bool reached;

    public ArmSender(ArmOptions options, TokenCredential credential, TimeProvider clock)
    {
        (this.options, this.clock) = (options, clock);
        this.credential = credential as SharedCredential ?? new SharedCredential(credential, options.Redactor, clock);
        channel = ArmChannel.Open(options, this.credential);
        var throttle = new Throttle(clock);
        bold = new(options.Retry, clock, throttle, Judge);
        careful = new(options.Retry, clock, throttle, JudgeCarefully);
    }

    public RateLimits Limits { get; } = new();

    /// <summary>Object id of whoever this run is in Azure; null when its token does not say.</summary>
    public async Task<string?> CallerAsync(CancellationToken cancel) =>
        Caller.ObjectIdIn((await credential.GetTokenAsync(new TokenRequestContext([$"{options.Endpoints.Audience}/.default"]), cancel)).Token);

    /// <summary>The answer, whatever it says. A request that writes is sent to its end even when the run is cancelled.</summary>
    public Task<ArmAnswer> SendAsync(Errand errand, CancellationToken cancel) => SendAsync(errand, errand.Path, cancel);

    /// <summary>Asks an address that ARM gave out, byte for byte.</summary>
    public Task<ArmAnswer> FollowAsync(Errand errand, string address, CancellationToken cancel) =>
        SendAsync(errand with { Method = RequestMethod.Get, Body = null, Repeatable = true }, address, cancel);

    private async Task<ArmAnswer> SendAsync(Errand errand, string address, CancellationToken cancel)
    {
        var retries = errand.Repeatable ? bold : careful;
        var uri = Absolute(address);
        try
        {
            return await retries.SendAsync(() => AttemptAsync(errand, uri, errand.Writes ? CancellationToken.None : cancel), cancel);
        }
        catch (Exception exception) when (IsConnection(exception) && !(exception is OperationCanceledException && cancel.IsCancellationRequested))
        {
            throw new ArmFailure(ConnectionError.Of(exception, uri), exception);
        }
    }

    /// <summary>A token may be refused before its time; then one with a new token settles whether it was the token.</summary>
    private async Task<ArmAnswer> AttemptAsync(Errand errand, Uri uri, CancellationToken cancel)
    {
        var answer = await OnceAsync(errand, uri, cancel);
        if (answer.Status != 401) return answer;

        credential.Forget();
        return await OnceAsync(errand, uri, cancel);
    }

    private async Task<ArmAnswer> OnceAsync(Errand errand, Uri uri, CancellationToken cancel)
    {
        using var message = channel.Requests.CreateMessage();
        message.Request.Method = errand.Method;
        message.Request.Uri.Reset(uri);
        message.Request.Headers.Add("Accept", "application/json");
        message.Request.Headers.Add("x-ms-correlation-request-id", options.Correlation);
        if (errand.Body is { } body)
        {
            message.Request.Headers.Add("Content-Type", "application/json");
            message.Request.Content = RequestContent.Create(BinaryData.FromString(body.ToJsonString()));
        }

        await channel.Requests.SendAsync(message, cancel);
        reached = true;
        Note(message.Response);
        return ArmAnswer.Of(message.Response, clock);
    }

    private void Note(Response response)
    {
        foreach (var header in response.Headers.Where(header => header.Name.StartsWith("x-ms-ratelimit-remaining-", StringComparison.OrdinalIgnoreCase)))
        {
            Limits.Note(header.Name, header.Value);
        }
    }

    /// <summary>Addresses are signed by ARM, so not even an escape in them may be rewritten; tokens go to ARM and nowhere else.</summary>
    private Uri Absolute(string address)
    {
        var home = options.Endpoints.Arm;
        var whole = address.StartsWith('/') ? home.GetLeftPart(UriPartial.Authority) + address : address;
        var uri = new Uri(whole, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        return uri.Host == home.Host && uri.Scheme == home.Scheme
            ? uri
            : throw new ProblemException(new Problem("Azure points elsewhere", $"An answer asks to go on at {uri.Host}, which is not {home.Host}. The run's token is not sent there."));
    }

    private Verdict Judge(ArmAnswer? answer, Exception? exception)
    {
        // What was never reached is more likely a wrong address or a missing network than a hiccup.
        if (exception is not null) return new(IsConnection(exception) && !IsDistrust(exception)) { Attempts = reached ? int.MaxValue : 3 };
        // A busy resource is waited for by itself; only throttling holds everybody else back.
        if (answer is null || !Verdict.IsTransient(answer.Status) || (answer.Status == 429 && ArmProblems.IsBusy(answer))) return Verdict.Final;
        return new(true, answer.RetryAfter, answer.Status == 429);
    }

    private Verdict JudgeCarefully(ArmAnswer? answer, Exception? exception) =>
        exception is not null
            ? new(exception.GetBaseException() is System.Net.Sockets.SocketException { SocketErrorCode: System.Net.Sockets.SocketError.ConnectionRefused })
            : answer is { Status: 429 or 503 } ? Judge(answer, null) : Verdict.Final;

    private static bool IsConnection(Exception exception) =>
        exception is IOException or HttpRequestException or RequestFailedException { Status: 0 } or OperationCanceledException;

    private static bool IsDistrust(Exception exception) => ConnectionError.Causes(exception).Any(cause => cause is AuthenticationException);
}
