using System.Text.Json;
using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>What Azure DevOps answered; or, with the status 0, why no answer came.</summary>
internal sealed record AzureDevOpsAnswer(int Status)
{
    /// <summary>Null when the request was granted.</summary>
    public RemoteError? Error { get; init; }

    public JsonObject Body { get; init; } = [];

    /// <summary>How long Azure DevOps wants to be left alone.</summary>
    public TimeSpan? After { get; init; }

    /// <summary>Nobody knows whether a request that wrote was granted.</summary>
    public bool IsUnclear => Status is 0 or >= 500;

    public static async Task<AzureDevOpsAnswer> OfAsync(HttpResponseMessage response, TimeProvider clock, CancellationToken cancel)
    {
        var status = (int)response.StatusCode;
        var body = Parse(await response.Content.ReadAsStringAsync(cancel));
        return new(status)
        {
            Error = IsGranted(status, body) ? null : new(status, $"{Pointer.Member(body, "typeKey")}", Message(status, body)) { Correlation = Header(response, "ActivityId") },
            Body = body ?? [],
            After = Header(response, "Retry-After") is { } text ? RetryAfter.Parse(text, clock) : null,
        };
    }

    // A token that is not known is answered with a page to sign in on, and with 203.
    private static bool IsGranted(int status, JsonObject? body) => status is 200 or 201 && body is not null;

    private static string Message(int status, JsonObject? body) =>
        Pointer.Member(body, "message")?.ToString() ?? (status is 200 or 203 or 302 ? "The request was answered with a sign-in page." : $"HTTP {status} without a reason.");

    private static string? Header(HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;

    private static JsonObject? Parse(string text)
    {
        try
        {
            return text.Length == 0 ? null : JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
