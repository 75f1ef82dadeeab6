using System.Text;
using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>Azure DevOps' REST API, as far as a run needs it.</summary>
public sealed class AzureDevOpsApi : IDisposable
{
    private const string Version = "7.1";

    private readonly AzureDevOpsOptions options;
    private readonly TimeProvider clock;
    private readonly HttpClient http;
    private readonly Throttle throttle;

    public AzureDevOpsApi(AzureDevOpsOptions options, TimeProvider clock)
    {
        (this.options, this.clock, throttle) = (options, clock, new Throttle(clock));
        options.Redactor.Add(options.Token);
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = options.Retries.Attempt };
        http.DefaultRequestHeaders.UserAgent.ParseAdd("dss-pipeline");
        http.DefaultRequestHeaders.Accept.ParseAdd("application/json");
        http.DefaultRequestHeaders.Authorization = new("Bearer", options.Token.Reveal());
    }

    /// <summary>The items of a list; such lists come whole.</summary>
    /// <exception cref="ProblemException">Azure DevOps does not hand it out.</exception>
    public async Task<IReadOnlyList<JsonObject>> ListAsync(string path, CancellationToken cancel)
    {
        var answer = await SendAsync(HttpMethod.Get, path, null, cancel);
        if (answer.Error is { } error) throw Told(error, path);

        return [.. (Pointer.Member(answer.Body, "value") as JsonArray ?? []).OfType<JsonObject>()];
    }

    /// <summary>Id of whom the token belongs to.</summary>
    /// <exception cref="ProblemException">Azure DevOps does not know the token.</exception>
    public async Task<string> WhoAmIAsync(CancellationToken cancel)
    {
        const string Path = "_apis/connectionData";
        // This one address has never left its preview.
        var answer = await SendAsync(HttpMethod.Get, Path, null, cancel, $"{Version}-preview");
        if (answer.Error is { } error) throw Told(error, Path);

        return Pointer.At(answer.Body, "/authenticatedUser/id")?.ToString() ?? "";
    }

    /// <summary>Makes something. It is sent again only when Azure DevOps says that it took nothing.</summary>
    /// <returns>False when nobody knows whether it was made.</returns>
    /// <exception cref="ProblemException">Azure DevOps refuses it.</exception>
    public async Task<bool> PostAsync(string path, JsonObject body, CancellationToken cancel)
    {
        var answer = await SendAsync(HttpMethod.Post, path, body, cancel);
        if (answer.IsUnclear) return false;
        return answer.Error is { } error ? throw Told(error, path) : true;
    }

    /// <summary>Changes something.</summary>
    /// <returns>False when it is not there any more.</returns>
    /// <exception cref="ProblemException">Azure DevOps refuses it.</exception>
    public async Task<bool> PatchAsync(string path, JsonObject body, CancellationToken cancel)
    {
        var answer = await SendAsync(HttpMethod.Patch, path, body, cancel);
        if (answer.Status is 404 or 410) return false;
        return answer.Error is { } error ? throw Told(error, path) : true;
    }

    public void Dispose() => http.Dispose();

    private Task<AzureDevOpsAnswer> SendAsync(HttpMethod method, string path, JsonObject? body, CancellationToken cancel, string version = Version) =>
        new Retries<AzureDevOpsAnswer>(options.Retries, clock, throttle, (answer, _) => Judge(method, answer)).SendAsync(() => AttemptAsync(method, $"{path}?api-version={version}", body, cancel), cancel);

    private async Task<AzureDevOpsAnswer> AttemptAsync(HttpMethod method, string path, JsonObject? body, CancellationToken cancel)
    {
        var address = new Uri($"{options.Collection.AbsoluteUri.TrimEnd('/')}/{path}");
        try
        {
            using var message = new HttpRequestMessage(method, address);
            if (body is not null) message.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
            using var response = await http.SendAsync(message, cancel);
            return await AzureDevOpsAnswer.OfAsync(response, clock, cancel);
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException or OperationCanceledException && !cancel.IsCancellationRequested)
        {
            return new(0) { Error = ConnectionError.Of(failure, address) };
        }
    }

    private Verdict Judge(HttpMethod method, AzureDevOpsAnswer? answer) => answer switch
    {
        // A limit that lasts longer than this run waits must not hold back what is sent later either.
        { Status: 429, After: { } limit } => new(limit < options.Retries.Deadline, limit, limit < options.Retries.Deadline),
        { Status: 429 } => new(true, null, true),
        { IsUnclear: true } => new(method != HttpMethod.Post, answer.After),
        { Error: { } error } => new(Verdict.IsTransient(error.Status)),
        _ => Verdict.Final,
    };

    private ProblemException Told(RemoteError error, string path) => AzureDevOpsProblems.Tell(error, path, options.Redactor);
}
