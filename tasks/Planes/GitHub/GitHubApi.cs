using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>GitHub's REST API, as far as a run needs it: its lists come page by page, and its limits in three spellings.</summary>
public sealed class GitHubApi(ForgeOptions options, TimeProvider clock) : ForgeApi(options, clock, Known, Headers)
{
    private const int PageSize = 100;

    // What GitHub asks of those who are told of a limit without a time.
    private static readonly TimeSpan Unhinted = TimeSpan.FromMinutes(1);

    private static readonly KnownProblems Known = KnownProblems.Of("GitHub");

    private static readonly Dictionary<string, string> Headers = new(StringComparer.Ordinal) { ["Accept"] = "application/vnd.github+json", ["X-GitHub-Api-Version"] = "2022-11-28" };

    /// <summary>Every item of a list, however many pages it has.</summary>
    /// <exception cref="ProblemException">GitHub does not hand it out.</exception>
    public async IAsyncEnumerable<JsonObject> ListAsync(string path, [EnumeratorCancellation] CancellationToken cancel)
    {
        var join = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        for (var page = 1; ; page++)
        {
            var answer = await GetAsync($"{path}{join}per_page={PageSize}&page={page}", cancel);
            foreach (var item in (answer.Body as JsonArray ?? []).OfType<JsonObject>()) yield return item;
            if (!answer.HasNext) yield break;
        }
    }

    private protected override ForgeAnswer Read(HttpResponseMessage response, JsonNode? body, TimeProvider clock)
    {
        var status = (int)response.StatusCode;
        var message = Pointer.Member(body as JsonObject, "message")?.ToString() ?? $"HTTP {status} without a reason.";
        var limit = status is 429 or 403 ? LimitOf(response, message, clock) : null;
        return new(status)
        {
            Error = response.IsSuccessStatusCode ? null : new(status, "", message) { Correlation = ForgeAnswer.Header(response, "X-GitHub-Request-Id") },
            Body = body,
            IsLimit = limit is not null,
            After = limit,
            HasNext = ForgeAnswer.Header(response, "Link")?.Contains("rel=\"next\"", StringComparison.Ordinal) == true,
        };
    }

    // A limit is told by 429 or by 403; 403 without one of these signs is a missing permission.
    private static TimeSpan? LimitOf(HttpResponseMessage response, string message, TimeProvider clock)
    {
        if (RetryAfter.Parse(ForgeAnswer.Header(response, "Retry-After"), clock) is { } asked) return asked;
        if (ForgeAnswer.Header(response, "X-RateLimit-Remaining") == "0" && long.TryParse(ForgeAnswer.Header(response, "X-RateLimit-Reset"), NumberStyles.None, CultureInfo.InvariantCulture, out var reset)) return Later(reset, clock);
        return (int)response.StatusCode == 429 || message.Contains("rate limit", StringComparison.OrdinalIgnoreCase) ? Unhinted : null;
    }

    // The clock of a runner may be a second ahead of GitHub's.
    private static TimeSpan Later(long reset, TimeProvider clock) =>
        TimeSpan.FromSeconds(Math.Clamp(reset - clock.GetUtcNow().ToUnixTimeSeconds(), 0, 86_400) + 1);
}
