using System.Net.Http.Headers;
using System.Text;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>Sends single requests to DSS and repeats those it could not take.</summary>
internal sealed class DssSender(DssOptions options, DssProblems problems, TimeProvider clock) : IDisposable
{
    private readonly Throttle throttle = new(clock);
    private readonly DssLine line = new(options);
    private Secret? key;

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

    /// <summary>From here on DSS may be served elsewhere.</summary>
    public void LookAnew() => line.LookAnew();

    public void Dispose() => line.Dispose();

    /// <summary>A key that was made anew meanwhile is fetched again.</summary>
    private async Task<DssAnswer> AttemptAsync(DssRequest request, CancellationToken cancel)
    {
        var used = await KeyAsync(cancel);
        var answer = await FoundAsync(request, used, cancel);
        if (answer.Status != 401) return answer;

        key = null;
        return await KeyAsync(cancel) is var fresh && !fresh.Equals(used) ? await FoundAsync(request, fresh, cancel) : answer;
    }

    /// <summary>The answer of whichever end DSS is served at. Where nobody or something else is found, DSS has done nothing.</summary>
    private async Task<DssAnswer> FoundAsync(DssRequest request, Secret secret, CancellationToken cancel)
    {
        while (true)
        {
            var end = await line.TakeAsync(cancel);
            try
            {
                var answer = await OnceAsync(end, request, secret, cancel);
                if (!DssLine.IsElsewhere(answer, end) || !await line.TurnAsync(end, cancel)) return answer;
            }
            catch (Exception failure) when (DssLine.IsElsewhere(failure, problems))
            {
                if (!await line.TurnAsync(end, cancel)) throw;
            }
        }
    }

    private async Task<DssAnswer> OnceAsync(DssEnd end, DssRequest request, Secret secret, CancellationToken cancel)
    {
        using var message = new HttpRequestMessage(request.Method, end.Of(request.Path)) { Content = request.Content?.Invoke() };
        message.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{secret.Reveal()}:")));
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));

        // What changes something is sent to its end; what takes long is left to DSS.
        var isShortWrite = request.Method == HttpMethod.Put || request.Method == HttpMethod.Delete;
        using var limit = new CancellationTokenSource(request.Method == HttpMethod.Post ? options.LongCall : options.Retry.Attempt);
        using var whole = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, isShortWrite ? CancellationToken.None : cancel);
        using var response = await end.Client.SendAsync(message, whole.Token);
        return new((int)response.StatusCode, await response.Content.ReadAsStringAsync(whole.Token))
        {
            MediaType = response.Content.Headers.ContentType?.MediaType,
            RetryAfter = RetryAfter.Parse(Header(response, "Retry-After"), clock),
            Version = Header(response, "DSS-Version"),
        };
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
