using System.Text.Json;
using System.Text.Json.Nodes;

namespace DssPipeline.Planes;

/// <summary>What a forge answered; or, with the status 0, why no answer came.</summary>
internal sealed record ForgeAnswer(int Status)
{
    /// <summary>Null when the request was granted.</summary>
    public RemoteError? Error { get; init; }

    public JsonNode? Body { get; init; }

    /// <summary>The forge wants to be left alone by everybody who comes with this token.</summary>
    public bool IsLimit { get; init; }

    /// <summary>How long the forge asks to wait; null when it does not say.</summary>
    public TimeSpan? After { get; init; }

    public bool HasNext { get; init; }

    /// <summary>Nobody knows whether a request that wrote was granted.</summary>
    public bool IsUnclear => Status is 0 or >= 500;

    public static string? Header(HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;

    /// <summary>The body as JSON; null when it is none, such as a page to sign in on.</summary>
    public static async Task<JsonNode?> BodyAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        try
        {
            return await response.Content.ReadAsStringAsync(cancel) is { Length: > 0 } text ? JsonNode.Parse(text) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
