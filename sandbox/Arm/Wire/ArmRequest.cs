using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace DssPipeline.Sandbox;

/// <summary>A request as the world sees it.</summary>
internal sealed record ArmRequest
{
    public required string Method { get; init; }

    public required string Path { get; init; }

    /// <summary>The deepest complete id in the path.</summary>
    public ArmId? Id { get; init; }

    /// <summary>What follows the id, in lower case.</summary>
    public string[] Rest { get; init; } = [];

    public required IQueryCollection Query { get; init; }

    public required IHeaderDictionary Headers { get; init; }

    public JsonNode? Body { get; init; }

    /// <summary>Scheme and authority, so that addresses in answers lead back here.</summary>
    public required string BaseUrl { get; init; }

    /// <summary>Object id of the caller's principal.</summary>
    public required string Caller { get; init; }

    public string ApiVersion => Query["api-version"].ToString();

    public bool IsRead => Method is "GET" or "HEAD";

    public bool Expands(string member) => Query["$expand"].ToString().Split(',').Contains(member, StringComparer.OrdinalIgnoreCase);
}
