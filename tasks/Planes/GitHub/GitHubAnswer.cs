using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>What GitHub answered; or, with the status 0, why no answer came.</summary>
internal sealed record GitHubAnswer(int Status)
{
    // What GitHub asks of those who are told of a limit without a time.
    private static readonly TimeSpan Unhinted = TimeSpan.FromMinutes(1);

    /// <summary>Null when the request was granted.</summary>
    public RemoteError? Error { get; init; }

    public JsonNode? Body { get; init; }

    /// <summary>How long GitHub wants to be left alone; null when no limit was hit.</summary>
    public TimeSpan? Limit { get; init; }

    public bool HasNext { get; init; }

    /// <summary>Nobody knows whether a request that wrote was granted.</summary>
    public bool IsUnclear => Status is 0 or >= 500;

    public static async Task<GitHubAnswer> OfAsync(HttpResponseMessage response, TimeProvider clock, CancellationToken cancel)
    {
        var status = (int)response.StatusCode;
        var body = Parse(await response.Content.ReadAsStringAsync(cancel));
        var message = Pointer.Member(body as JsonObject, "message")?.ToString() ?? $"HTTP {status} without a reason.";
        return new(status)
        {
            Error = response.IsSuccessStatusCode ? null : new(status, "", message) { Correlation = Header(response, "X-GitHub-Request-Id") },
            Body = body,
            Limit = status is 429 or 403 ? LimitOf(response, message, clock) : null,
            HasNext = Header(response, "Link")?.Contains("rel=\"next\"", StringComparison.Ordinal) == true,
        };
    }

    // A limit is told by 429 or by 403; 403 without one of these signs is a missing permission.
    private static TimeSpan? LimitOf(HttpResponseMessage response, string message, TimeProvider clock)
    {
        if (RetryAfter.Parse(Header(response, "Retry-After"), clock) is { } asked) return asked;
        if (Header(response, "X-RateLimit-Remaining") == "0" && long.TryParse(Header(response, "X-RateLimit-Reset"), NumberStyles.None, CultureInfo.InvariantCulture, out var reset)) return Later(reset, clock);
        return (int)response.StatusCode == 429 || message.Contains("rate limit", StringComparison.OrdinalIgnoreCase) ? Unhinted : null;
    }

    // The clock of a runner may be a second ahead of GitHub's.
    private static TimeSpan Later(long reset, TimeProvider clock) =>
        TimeSpan.FromSeconds(Math.Clamp(reset - clock.GetUtcNow().ToUnixTimeSeconds(), 0, 86_400) + 1);

    private static string? Header(HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;

    private static JsonNode? Parse(string text)
    {
        try
        {
            return text.Length == 0 ? null : JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
