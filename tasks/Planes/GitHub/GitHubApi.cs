using System.Text;
using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>GitHub's REST API, as far as a run needs it: lists page by page, and single writes that GitHub's limits may hold back.</summary>
public sealed class GitHubApi
{
    private const int PageSize = 100;
    private const string Version = "2022-11-28";

    private readonly GitHubOptions options;
    private readonly TimeProvider clock;
    private readonly HttpClient http;
    private readonly Throttle throttle;

    public GitHubApi(GitHubOptions options, TimeProvider clock)
    {
        (this.options, this.clock, throttle) = (options, clock, new Throttle(clock));
        options.Redactor.Add(options.Token);
        http = Trust.Client(AzureEndpoints.Public);
        http.Timeout = options.Retries.Attempt;
        http.DefaultRequestHeaders.UserAgent.ParseAdd("dss-pipeline");
        http.DefaultRequestHeaders.Accept.ParseAdd("application/vnd.github+json");
        http.DefaultRequestHeaders.Add("X-GitHub-Api-Version", Version);
        http.DefaultRequestHeaders.Authorization = new("Bearer", options.Token.Reveal());
    }

    /// <summary>Every item of a list, however many pages it has.</summary>
    /// <exception cref="ProblemException">GitHub does not hand it out.</exception>
    public async IAsyncEnumerable<JsonObject> ListAsync(string path, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        var join = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        for (var page = 1; ; page++)
        {
            var answer = await SendAsync(HttpMethod.Get, $"{path}{join}per_page={PageSize}&page={page}", null, cancel);
            if (answer.Error is { } error) throw Told(error, path);

            foreach (var item in (answer.Body as JsonArray ?? []).OfType<JsonObject>()) yield return item;
            if (!answer.HasNext) yield break;
        }
    }

    /// <summary>Makes something. It is sent again only when GitHub says that it took nothing.</summary>
    /// <returns>False when nobody knows whether it was made.</returns>
    /// <exception cref="ProblemException">GitHub refuses it.</exception>
    public async Task<bool> PostAsync(string path, JsonObject body, CancellationToken cancel)
    {
        var answer = await SendAsync(HttpMethod.Post, path, body, cancel);
        if (answer.IsUnclear) return false;
        return answer.Error is { } error ? throw Told(error, path) : true;
    }

    /// <summary>Changes something.</summary>
    /// <returns>False when it is not there any more.</returns>
    /// <exception cref="ProblemException">GitHub refuses it.</exception>
    public async Task<bool> PatchAsync(string path, JsonObject body, CancellationToken cancel)
    {
        var answer = await SendAsync(HttpMethod.Patch, path, body, cancel);
        if (answer.Status is 404 or 410) return false;
        return answer.Error is { } error ? throw Told(error, path) : true;
    }

    private Task<GitHubAnswer> SendAsync(HttpMethod method, string path, JsonObject? body, CancellationToken cancel) =>
        new Retries<GitHubAnswer>(options.Retries, clock, throttle, (answer, _) => Judge(method, answer)).SendAsync(() => AttemptAsync(method, path, body, cancel), cancel);

    private async Task<GitHubAnswer> AttemptAsync(HttpMethod method, string path, JsonObject? body, CancellationToken cancel)
    {
        var address = new Uri($"{options.Api.AbsoluteUri.TrimEnd('/')}/{path}");
        try
        {
            using var message = new HttpRequestMessage(method, address);
            if (body is not null) message.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
            using var response = await http.SendAsync(message, cancel);
            return await GitHubAnswer.OfAsync(response, clock, cancel);
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException or OperationCanceledException && !cancel.IsCancellationRequested)
        {
            return new(0) { Error = ConnectionError.Of(failure, address) };
        }
    }

    private Verdict Judge(HttpMethod method, GitHubAnswer? answer) => answer switch
    {
        // A limit that lasts longer than this run waits must not hold back what is sent later either.
        { Limit: { } limit } => new(limit < options.Retries.Deadline, limit, limit < options.Retries.Deadline),
        { IsUnclear: true } => new(method != HttpMethod.Post),
        { Error: { } error } => new(Verdict.IsTransient(error.Status)),
        _ => Verdict.Final,
    };

    private ProblemException Told(RemoteError error, string path) => GitHubProblems.Tell(error, path.Split('?')[0], options.Redactor);
}
