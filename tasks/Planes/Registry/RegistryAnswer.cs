using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>What a registry answered; or, with the status 0, why no answer came.</summary>
internal sealed record RegistryAnswer(int Status)
{
    /// <summary>Null when the request was granted.</summary>
    public RemoteError? Error { get; init; }

    public JsonObject? Body { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>It came before the question was asked, from where tokens are given.</summary>
    public bool AtTheDoor { get; init; }

    /// <summary>The registry is there, and what was asked for is not.</summary>
    public bool IsAbsent => Status == 404 && !AtTheDoor;

    /// <summary>The other side showed a certificate that is not trusted here.</summary>
    public bool Distrusted { get; init; }

    /// <summary>The query of the next page; null on the last.</summary>
    public string? NextQuery => Header("Link") is { } link && link.Contains("rel=\"next\"", StringComparison.Ordinal) && link.IndexOf('?', StringComparison.Ordinal) is >= 0 and var start
        ? link[start..link.IndexOf('>', StringComparison.Ordinal)]
        : null;

    private IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    public static async Task<RegistryAnswer> OfAsync(HttpResponseMessage response, TimeProvider clock, CancellationToken cancel)
    {
        var headers = All(response.Headers).Concat(All(response.Content.Headers)).ToDictionary(header => header.Name, header => header.Value, StringComparer.OrdinalIgnoreCase);
        var body = Parse(await response.Content.ReadAsStringAsync(cancel));
        var status = (int)response.StatusCode;
        return new(status)
        {
            Error = response.IsSuccessStatusCode ? null : ErrorOf(status, body, headers),
            Body = body,
            Headers = headers,
            RetryAfter = Planes.RetryAfter.Parse(headers.GetValueOrDefault("Retry-After"), clock),
        };
    }

    // The answer to a HEAD has no body, and gateways answer with a page for people.
    private static RemoteError ErrorOf(int status, JsonObject? body, Dictionary<string, string> headers)
    {
        var first = (Pointer.Member(body, "errors") as JsonArray)?.FirstOrDefault() as JsonObject;
        return new(status, Text(first, "code") ?? "", Text(first, "message") ?? $"HTTP {status} without a reason.") { Correlation = headers.GetValueOrDefault("x-ms-correlation-request-id") };
    }

    private static IEnumerable<(string Name, string Value)> All(HttpHeaders headers) => headers.Select(header => (header.Key, string.Join(", ", header.Value)));

    private static string? Text(JsonObject? members, string name) => Pointer.Member(members, name) is JsonValue value ? value.ToString() : null;

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
