using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace DssPipeline.Sandbox;

/// <summary>One call of the public API: its verb, its path where * stands for a name, and what it does.</summary>
internal sealed record DssRoute(string Method, string Path, Func<DssCall, DssAnswer> Answer)
{
    public bool Takes(DssCall call)
    {
        var (form, path) = (Path.Split('/'), call.Path.Split('/'));
        return Method == call.Method && form.Length == path.Length && form.Zip(path).All(pair => pair.First == "*" || pair.First == pair.Second);
    }
}

/// <summary>A call with its body and the key that made it.</summary>
internal sealed record DssCall(string Method, string Path, JsonNode? Body, DssKey Key)
{
    /// <summary>The last part of the path: the name of the one asked for.</summary>
    public string Name => Uri.UnescapeDataString(Path[(Path.LastIndexOf('/') + 1)..]);
}

/// <summary>An answer of the public API.</summary>
internal sealed record DssAnswer(int Status, JsonNode Body)
{
    public static JsonObject Problem(string type, string message) =>
        new() { ["errorType"] = $"com.dataiku.dip.exceptions.{type}", ["message"] = message, ["detailedMessage"] = message };

    public Task SendAsync(HttpContext context)
    {
        context.Response.StatusCode = Status;
        context.Response.ContentType = "application/json;charset=utf-8";
        return context.Response.WriteAsync(Body.ToJsonString());
    }
}
