using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>Asks a pipeline for the token that says which job this is.</summary>
internal sealed class IdentityTokens
{
    private readonly HttpClient http;
    private readonly Redactor redactor;
    private readonly TimeProvider clock;
    private readonly Retries<Reply> retries;

    public IdentityTokens(AzureEndpoints endpoints, Redactor redactor, TimeProvider clock)
    {
        (http, this.redactor, this.clock) = (Trust.Client(endpoints), redactor, clock);
        http.Timeout = TimeSpan.FromSeconds(60);
        retries = new(new RetryOptions { Attempts = 4 }, clock, new Throttle(clock), Judge);
    }

    /// <summary>The member <paramref name="member"/> of the answer, fresh and masked.</summary>
    public async Task<string> FetchAsync(HttpMethod method, string url, Secret bearer, string member, CancellationToken cancel)
    {
        redactor.Add(bearer);
        var reply = await AnswerAsync(method, url, bearer, cancel);
        var value = reply.Status == 200 ? Member(reply.Body, member) : null;
        return redactor.Add(new Secret(value ?? throw Refused(url, reply))).Reveal();
    }

    private async Task<Reply> AnswerAsync(HttpMethod method, string url, Secret bearer, CancellationToken cancel)
    {
        try
        {
            return await retries.SendAsync(() => OnceAsync(method, url, bearer, cancel), cancel);
        }
        catch (HttpRequestException failure)
        {
            throw ArmProblems.Tell(ConnectionError.Of(failure, new Uri(url)), "The pipeline's identity token service", redactor);
        }
    }

    private async Task<Reply> OnceAsync(HttpMethod method, string url, Secret bearer, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, url);
        request.Headers.Authorization = new("Bearer", bearer.Reveal());
        request.Headers.Accept.Add(new("application/json"));
        if (method == HttpMethod.Post) request.Content = new StringContent("", null, "application/json");
        using var response = await http.SendAsync(request, cancel);
        var after = response.Headers.TryGetValues("Retry-After", out var values) ? RetryAfter.Parse(values.First(), clock) : null;
        return new((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancel), after);
    }

    private static Verdict Judge(Reply? reply, Exception? exception) =>
        reply is null ? new(exception is HttpRequestException) : new(Verdict.IsTransient(reply.Status), reply.After);

    private ProblemException Refused(string url, Reply reply) => new(new Problem(
        "Pipeline refuses an identity token",
        $"{new Uri(url).Host} answered HTTP {reply.Status} to the request for this job's identity token: {redactor.Clean(reply.Body[..Math.Min(reply.Body.Length, 300)])} The job's permission to ask for one may have ended with the job, or the service connection may not allow this pipeline."));

    private static string? Member(string body, string name)
    {
        try
        {
            return JsonNode.Parse(body)?[name]?.ToString();
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }

    private sealed record Reply(int Status, string Body, TimeSpan? After);
}
