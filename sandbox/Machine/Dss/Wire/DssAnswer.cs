using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace DssPipeline.Sandbox;

/// <summary>An answer of the public API: JSON, bytes, or nothing at all.</summary>
internal sealed record DssAnswer(int Status, JsonNode? Body)
{
    public static DssAnswer Empty { get; } = new(200, null);

    public byte[]? Bytes { get; init; }

    public string Type { get; init; } = "application/octet-stream";

    public static DssAnswer Of(JsonNode body) => new(200, body);

    public static DssAnswer Text(string text) => new(200, null) { Bytes = Encoding.UTF8.GetBytes(text) };

    /// <summary>The page of a gateway that has waited too long; what it waited for goes on.</summary>
    public static DssAnswer Impatient { get; } = new(502, null) { Bytes = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"u8.ToArray(), Type = "text/html" };

    public static JsonObject Problem(string type, string message) =>
        new() { ["errorType"] = type.Contains('.', StringComparison.Ordinal) ? type : $"com.dataiku.dip.exceptions.{type}", ["message"] = message, ["detailedMessage"] = message };

    public async Task SendAsync(HttpContext context)
    {
        context.Response.StatusCode = Status;
        if (Bytes is not null)
        {
            context.Response.ContentType = Type;
            await context.Response.Body.WriteAsync(Bytes, context.RequestAborted);
        }
        else if (Body is not null)
        {
            context.Response.ContentType = "application/json;charset=utf-8";
            await context.Response.WriteAsync(Body.ToJsonString(), context.RequestAborted);
        }
    }
}
