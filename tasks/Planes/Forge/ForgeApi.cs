using System.Text;
using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>The JSON API of a forge: single requests that its limits may hold back. What is its own are its headers, how it answers, and the words for its errors.</summary>
public abstract class ForgeApi
{
    private readonly ForgeOptions options;
    private readonly KnownProblems known;
    private readonly TimeProvider clock;
    private readonly HttpClient http;
    private readonly Throttle throttle;

    /// <param name="known">How its errors are told; those that are not among them are told in the words of Azure, where the way there is the trouble.</param>
    /// <param name="headers">What it wants to be asked with, beside the token.</param>
    private protected ForgeApi(ForgeOptions options, TimeProvider clock, KnownProblems known, IReadOnlyDictionary<string, string> headers)
    {
        (this.options, this.clock, this.known, throttle) = (options, clock, known, new Throttle(clock));
        options.Redactor.Add(options.Token);
        http = Trust.Client(AzureEndpoints.Public);
        http.Timeout = options.Retries.Attempt;
        http.DefaultRequestHeaders.UserAgent.ParseAdd("dss-pipeline");
        http.DefaultRequestHeaders.Authorization = new("Bearer", options.Token.Reveal());
        foreach (var (name, value) in headers) http.DefaultRequestHeaders.Add(name, value);
    }

    /// <summary>Makes something. It is sent again only when the forge says that it took nothing.</summary>
    /// <returns>False when nobody knows whether it was made.</returns>
    /// <exception cref="ProblemException">The forge refuses it.</exception>
    public async Task<bool> PostAsync(string path, JsonObject body, CancellationToken cancel)
    {
        var answer = await SendAsync(HttpMethod.Post, path, body, cancel);
        if (answer.IsUnclear) return false;
        return answer.Error is { } error ? throw Told(error, path) : true;
    }

    /// <summary>Changes something.</summary>
    /// <returns>False when it is not there any more.</returns>
    /// <exception cref="ProblemException">The forge refuses it.</exception>
    public async Task<bool> PatchAsync(string path, JsonObject body, CancellationToken cancel)
    {
        var answer = await SendAsync(HttpMethod.Patch, path, body, cancel);
        if (answer.Status is 404 or 410) return false;
        return answer.Error is { } error ? throw Told(error, path) : true;
    }

    /// <exception cref="ProblemException">The forge does not hand it out.</exception>
    private protected async Task<ForgeAnswer> GetAsync(string path, CancellationToken cancel)
    {
        var answer = await SendAsync(HttpMethod.Get, path, null, cancel);
        return answer.Error is { } error ? throw Told(error, path) : answer;
    }

    /// <summary>The path as it is asked for, with what the forge wants to have there.</summary>
    private protected virtual string Addressed(string path) => path;

    private protected abstract ForgeAnswer Read(HttpResponseMessage response, JsonNode? body, TimeProvider clock);

    private Task<ForgeAnswer> SendAsync(HttpMethod method, string path, JsonObject? body, CancellationToken cancel) =>
        new Retries<ForgeAnswer>(options.Retries, clock, throttle, (answer, _) => Judge(method, answer)).SendAsync(() => AttemptAsync(method, Addressed(path), body, cancel), cancel);

    private async Task<ForgeAnswer> AttemptAsync(HttpMethod method, string path, JsonObject? body, CancellationToken cancel)
    {
        var address = new Uri($"{options.Root.AbsoluteUri.TrimEnd('/')}/{path}");
        try
        {
            using var message = new HttpRequestMessage(method, address);
            if (body is not null) message.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
            using var response = await http.SendAsync(message, cancel);
            return Read(response, await ForgeAnswer.BodyAsync(response, cancel), clock);
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException or OperationCanceledException && !cancel.IsCancellationRequested)
        {
            return new(0) { Error = ConnectionError.Of(failure, address) };
        }
    }

    private Verdict Judge(HttpMethod method, ForgeAnswer? answer) => answer switch
    {
        // A limit that lasts longer than this run waits must not hold back what is sent later either.
        { IsLimit: true, After: { } limit } => new(limit < options.Retries.Deadline, limit, limit < options.Retries.Deadline),
        { IsLimit: true } => new(true, null, true),
        { IsUnclear: true } => new(method != HttpMethod.Post, answer.After),
        { Error: { } error } => new(Verdict.IsTransient(error.Status)),
        _ => Verdict.Final,
    };

    private ProblemException Told(RemoteError error, string path)
    {
        var subject = path.Split('?')[0];
        if (known.Find(error) is null) return ArmProblems.Tell(error, subject, options.Redactor);

        var told = known.Tell(error, subject);
        return new(told with { Detail = options.Redactor.Clean(told.Detail) });
    }
}
