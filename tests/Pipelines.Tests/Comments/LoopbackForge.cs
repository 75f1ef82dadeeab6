using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using DssPipeline.Tests;
using Microsoft.AspNetCore.Http;

namespace DssPipeline.Pipelines.Tests;

/// <summary>A forge over HTTP on loopback: it keeps what it was asked, and meets a write with trouble when a test says so.</summary>
internal abstract class LoopbackForge : IAsyncDisposable
{
    private readonly LoopbackHost web;
    private readonly ConcurrentQueue<string> requests = [];
    private readonly ConcurrentQueue<Func<HttpContext, Task>> troubles = [];

    protected LoopbackForge() => web = new(ServeAsync);

    public Uri Uri => web.Uri;

    /// <summary>What was asked, as <c>GET /repos/…</c>.</summary>
    public IReadOnlyList<string> Requests => [.. requests];

    /// <summary>The next request that changes something meets this instead.</summary>
    public void Trouble(Func<HttpContext, Task> trouble) => troubles.Enqueue(trouble);

    public void Trouble(int status, string message, params (string Name, string Value)[] headers) => Trouble(context => RefuseAsync(context, status, message, headers));

    public ValueTask DisposeAsync() => web.DisposeAsync();

    protected static async Task<T> StartedAsync<T>(T forge)
        where T : LoopbackForge
    {
        await forge.web.StartAsync();
        return forge;
    }

    /// <summary>Refuses whom the forge does not know or what it does not have.</summary>
    /// <returns>Whether it did.</returns>
    protected abstract Task<bool> RefusesAsync(HttpContext context);

    protected abstract Task AnswerAsync(HttpContext context);

    protected static Task RefuseAsync(HttpContext context, int status, string message, params (string Name, string Value)[] headers)
    {
        foreach (var (name, value) in headers) context.Response.Headers[name] = value;
        return AnswerAsync(context, status, new JsonObject { ["message"] = message });
    }

    protected static Task AnswerAsync(HttpContext context, int status, JsonNode body)
    {
        (context.Response.StatusCode, context.Response.ContentType) = (status, "application/json");
        return context.Response.WriteAsync(body.ToJsonString());
    }

    private async Task ServeAsync(HttpContext context)
    {
        requests.Enqueue($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}");
        if (await RefusesAsync(context)) return;
        if (context.Request.Method != "GET" && troubles.TryDequeue(out var trouble)) await trouble(context);
        else await AnswerAsync(context);
    }
}
