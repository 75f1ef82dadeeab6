using System.Net.Http.Headers;
using System.Text;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>Sends single requests to DSS and repeats those it could not take.</summary>
internal sealed class DssSender(DssOptions options, DssProblems problems, TimeProvider clock) : IDisposable
{
    private readonly Throttle throttle = new(clock);
    private readonly SemaphoreSlim turn = new(1);
    private HttpClient? client;
    private Secret? key;

    private Uri Home => new($"{options.Address.AbsoluteUri.TrimEnd('/')}/public/api/");

    /// <summary>The answer, whatever it says.</summary>
    /// <exception cref="ProblemException">No answer came, or there is no key to ask with.</exception>
    public async Task<DssAnswer> SendAsync(DssRequest request, CancellationToken cancel)
    {
        RefuseClearText();
        var retries = new Retries<DssAnswer>(options.Retry, clock, throttle, (answer, failure) => Judge(request, answer, failure));
        try
        {
            return await retries.SendAsync(() => AttemptAsync(request, cancel), cancel);
        }
        catch (Exception failure) when (!cancel.IsCancellationRequested && DssProblems.IsWay(failure))
        {
            return request.Persistence is DssPersistence.Once or DssPersistence.Probing ? new DssAnswer(0, "") { Failure = failure } : throw problems.OfWay(failure, request);
        }
    }

    /// <summary>Repeats what consists of several requests, of which the last decides.</summary>
    public Task<DssAnswer> RepeatAsync(Func<Task<DssAnswer>> attempt, CancellationToken cancel) =>
        new Retries<DssAnswer>(options.Retry, clock, throttle, JudgeWhole).SendAsync(attempt, cancel);

    public void Dispose()
    {
        client?.Dispose();
        turn.Dispose();
    }

    /// <summary>A key that was made anew meanwhile is fetched again.</summary>
    private async Task<DssAnswer> AttemptAsync(DssRequest request, CancellationToken cancel)
    {
        var used = await KeyAsync(cancel);
        var answer = await OnceAsync(request, used, cancel);
        if (answer.Status != 401) return answer;

        key = null;
        return await KeyAsync(cancel) is var fresh && !fresh.Equals(used) ? await OnceAsync(request, fresh, cancel) : answer;
    }

    private async Task<DssAnswer> OnceAsync(DssRequest request, Secret secret, CancellationToken cancel)
    {
        using var message = new HttpRequestMessage(request.Method, new Uri(Home, request.Path.TrimStart('/'))) { Content = request.Content?.Invoke() };
        message.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{secret.Reveal()}:")));
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));

        // What changes something is sent to its end; what takes long is left to DSS.
        var isShortWrite = request.Method == HttpMethod.Put || request.Method == HttpMethod.Delete;
        using var limit = new CancellationTokenSource(request.Method == HttpMethod.Post ? options.LongCall : options.Retry.Attempt);
        using var whole = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, isShortWrite ? CancellationToken.None : cancel);
        using var response = await (await ClientAsync(cancel)).SendAsync(message, whole.Token);
        return new((int)response.StatusCode, await response.Content.ReadAsStringAsync(whole.Token))
        {
            MediaType = response.Content.Headers.ContentType?.MediaType,
            RetryAfter = RetryAfter.Parse(Header(response, "Retry-After"), clock),
            Version = Header(response, "DSS-Version"),
        };
    }

    private async Task<HttpClient> ClientAsync(CancellationToken cancel)
    {
        await turn.WaitAsync(cancel);
        try
        {
            return client ??= new HttpClient(await HandlerAsync(cancel)) { Timeout = Timeout.InfiniteTimeSpan };
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<SocketsHttpHandler> HandlerAsync(CancellationToken cancel)
    {
        var sockets = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = System.Net.DecompressionMethods.All,
            UseCookies = false,
            // Each connection may be a channel of one ssh connection.
            MaxConnectionsPerServer = 6,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            ConnectTimeout = TimeSpan.FromSeconds(30),
            UseProxy = options.Connect is null && !options.Address.IsLoopback,
            SslOptions = await options.Trust.OptionsAsync(cancel),
        };
        if (options.Connect is { } connect) sockets.ConnectCallback = (_, stop) => connect(stop);
        return sockets;
    }

    private async Task<Secret> KeyAsync(CancellationToken cancel) => key ??= options.Redactor.Add(await options.Key(cancel) ?? throw problems.Tell(new RemoteError(0, "NoKey", "There is no key."), "DSS"));

    /// <summary>Whoever listens on the way would own DSS.</summary>
    private void RefuseClearText()
    {
        if (options.Address.Scheme != Uri.UriSchemeHttps && !options.Address.IsLoopback) throw problems.Tell(new RemoteError(0, "ClearText", "http"), "DSS");
    }

    private Verdict Judge(DssRequest request, DssAnswer? answer, Exception? failure) => (failure, answer, request.Persistence) switch
    {
        (_, _, DssPersistence.Once) or (null, null, _) => Verdict.Final,
        (not null, _, DssPersistence.Careful) => Verdict.Final,
        (not null, _, DssPersistence.Probing) => new(DssProblems.IsConnection(failure) && !problems.MeansDown(failure)),
        (not null, _, _) => new(DssProblems.IsConnection(failure)),
        (_, { Status: 429 }, _) => new(true, answer.RetryAfter, Throttled: true),
        (_, _, DssPersistence.Patient) => new(MayPass(answer), answer.RetryAfter),
        (_, _, DssPersistence.Probing) => new(answer.Status is not (502 or 503) && MayPass(answer), answer.RetryAfter),
        (_, _, DssPersistence.Polling) => new(answer.IsCut || answer.Status is 408 or 502 or 503 or 504, answer.RetryAfter),
        _ => Verdict.Final,
    };

    private static Verdict JudgeWhole(DssAnswer? answer, Exception? failure) => (failure, answer) switch
    {
        (null, { Failure: { } way }) => new(DssProblems.IsConnection(way)),
        (null, { } told) => new(Verdict.IsTransient(told.Status) && !DssError.IsFinal(told), told.RetryAfter, told.Status == 429),
        _ => Verdict.Final,
    };

    private static bool MayPass(DssAnswer answer) => answer.IsCut || (Verdict.IsTransient(answer.Status) && !DssError.IsFinal(answer));

    private static string? Header(HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
