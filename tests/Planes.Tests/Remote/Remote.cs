using System.Collections.Concurrent;
using DssPipeline.Tests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace DssPipeline.Planes.Tests;

/// <summary>A remote on loopback, over TLS, that answers what the test told it to and remembers what it was asked.</summary>
internal sealed class Remote : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Func<Asked, Reply>> answers = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentQueue<Asked> asked = [];
    private readonly LoopbackHost web;

    private Remote() => web = new(ServeAsync, Certificates.Server);

    public Uri Uri => web.Uri;

    /// <summary>Answers what nothing else was said about.</summary>
    public Func<Asked, Reply> Otherwise { get; set; } = _ => Reply.Missing;

    public IReadOnlyList<Asked> Asked => [.. asked];

    public IReadOnlyList<string> Lines => [.. asked.Select(request => request.Line)];

    public static async Task<Remote> StartAsync()
    {
        var remote = new Remote();
        await remote.web.StartAsync();
        return remote;
    }

    /// <summary>Answers requests of this method and path in turn; the last reply stays.</summary>
    public Remote On(string method, string path, params Reply[] replies)
    {
        var turn = -1;
        return On(method, path, _ => replies[Math.Min(Interlocked.Increment(ref turn), replies.Length - 1)]);
    }

    public Remote On(string method, string path, Func<Asked, Reply> answer)
    {
        answers[$"{method} {path}"] = answer;
        return this;
    }

    public async ValueTask DisposeAsync() => await web.DisposeAsync();

    private async Task ServeAsync(HttpContext context)
    {
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        using var reader = new StreamReader(context.Request.Body);
        var headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var request = new Asked(context.Request.Method, target, await reader.ReadToEndAsync(), headers, context.Connection.Id);
        asked.Enqueue(request);
        var reply = answers.TryGetValue($"{request.Method} {target.Split('?')[0]}", out var answer) ? answer(request) : Otherwise(request);
        await reply.After;
        await SendAsync(context, reply);
    }

    private static async Task SendAsync(HttpContext context, Reply reply)
    {
        if (reply.Dropped)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = reply.Status;
        foreach (var (name, value) in reply.Headers) context.Response.Headers[name] = value;
        if (reply.Body.Length == 0) return;

        context.Response.ContentType = reply.ContentType;
        await context.Response.WriteAsync(reply.Body);
    }
}
