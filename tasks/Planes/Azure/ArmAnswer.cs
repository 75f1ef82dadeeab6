using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure;

namespace DssPipeline.Planes;

/// <summary>What ARM answered: status, the headers that matter, the body as text.</summary>
internal sealed record ArmAnswer(int Status, string Body)
{
    public string? Operation { get; init; }

    public string? Location { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    public string? Correlation { get; init; }

    public bool Succeeded => Status is >= 200 and < 300;

    /// <summary>The body as JSON; null when there is none, or when something on the way answered HTML instead.</summary>
    public JsonNode? Json => field ??= Parse(Body);

    public static ArmAnswer Of(Response response, TimeProvider clock) => new(response.Status, Text(response))
    {
        Operation = Header(response, "Azure-AsyncOperation"),
        Location = Header(response, "Location"),
        RetryAfter = Planes.RetryAfter.Parse(Header(response, "Retry-After"), clock),
        Correlation = Header(response, "x-ms-correlation-request-id") ?? Header(response, "x-ms-request-id"),
    };

    private static string? Header(Response response, string name) =>
        response.Headers.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    // Some answers of ARM start with a byte order mark, which a JSON reader refuses.
    private static string Text(Response response) =>
        response.ContentStream is null ? "" : Encoding.UTF8.GetString(response.Content.ToMemory().Span).TrimStart('\uFEFF');

    private static JsonNode? Parse(string body)
    {
        try
        {
            return string.IsNullOrWhiteSpace(body) ? null : JsonNode.Parse(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
