using Microsoft.AspNetCore.Http;

namespace DssPipeline.Sandbox;

/// <summary>What the request log keeps of one request: no header, no token, no body.</summary>
public sealed record LoggedRequest
{
    public required Endpoint Endpoint { get; init; }

    public required string Method { get; init; }

    public required string Host { get; init; }

    public required string Path { get; init; }

    /// <summary>The query with every value hidden that is not known to be harmless.</summary>
    public required string Query { get; init; }

    /// <summary>The status answered; zero when the connection was dropped.</summary>
    public required int Status { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Microseconds since 1970.</summary>
    public required long Start { get; init; }

    /// <summary>Microseconds since 1970.</summary>
    public required long End { get; init; }

    public required double Milliseconds { get; init; }

    public string? ClientRequestId { get; init; }

    /// <summary>The fault that met this request, in the words of the fault script.</summary>
    public string? Fault { get; init; }

    /// <summary>A request as it came in; how it ended is told with it.</summary>
    internal static LoggedRequest Of(Endpoint endpoint, HttpContext context, DateTimeOffset startedAt, TimeSpan took)
    {
        var start = (startedAt - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        var headers = context.Request.Headers;
        return new()
        {
            Endpoint = endpoint,
            Method = context.Request.Method,
            Host = context.Request.Host.Value ?? "",
            Path = context.Request.Path.Value ?? "",
            Query = HarmlessQuery.Of(context.Request.Query),
            Status = 0,
            StartedAt = startedAt,
            Start = start,
            End = start + (took.Ticks / TimeSpan.TicksPerMicrosecond),
            Milliseconds = Math.Round(took.TotalMilliseconds, 3),
            ClientRequestId = headers["x-ms-client-request-id"].FirstOrDefault() ?? headers["client-request-id"].FirstOrDefault(),
        };
    }

    public bool Overlaps(LoggedRequest other) => Start < other.End && other.Start < End;
}
