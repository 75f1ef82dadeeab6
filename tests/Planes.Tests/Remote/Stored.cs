using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Planes.Tests;

/// <summary>One thing that the remote of a test keeps: made by PUT, changed by PATCH, removed by DELETE.</summary>
internal sealed class Stored
{
    private readonly string id;

    public Stored(Remote remote, string id, object? now = null)
    {
        this.id = id;
        if (now is not null) Keep(Json.Of(now));
        remote.On("GET", id, _ => Now is null ? Reply.Missing : new Reply(200, Now.ToJsonString()))
            .On("GET", id[..id.LastIndexOf('/')], _ => new Reply(200, Json.Of(new { value = Now is null ? [] : new[] { Now } }).ToJsonString()))
            .On("PUT", id, asked => Keep(JsonNode.Parse(asked.Body)!))
            .On("PATCH", id, asked => Keep(Overlay.Of(Now, JsonNode.Parse(asked.Body))!))
            .On("DELETE", id, _ => Drop());
    }

    /// <summary>What is kept, with the read-only members a remote adds.</summary>
    public JsonNode? Now { get; private set; }

    public Reply Keep(JsonNode body)
    {
        Now = body.DeepClone();
        Now["id"] = id.ToUpperInvariant();
        Now["name"] = id.Split('/')[^1];
        Now["etag"] = "W/\"1\"";
        if (Now["location"] is { } location) Now["location"] = location.ToString().ToLowerInvariant().Replace(" ", "", StringComparison.Ordinal);
        if (Now["properties"] is JsonObject properties) properties.TryAdd("provisioningState", "Succeeded");
        return new Reply(200, Now.ToJsonString());
    }

    private Reply Drop()
    {
        Now = null;
        return new Reply(200);
    }
}
