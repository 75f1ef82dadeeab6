using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace DssPipeline.Sandbox;

/// <summary>The watch in the same process.</summary>
internal sealed class DssNearWatch(Faults faults, ConcurrentQueue<LoggedRequest> heard, Func<string, string, Task> before, Action<string, string, string>? tap) : DssWatch
{
    public override async Task ReadAsync(HttpRequest request)
    {
        if (tap is null) return;

        request.EnableBuffering();
        using var reader = new StreamReader(request.Body, leaveOpen: true);
        tap(request.Method, request.Path.Value ?? "/", await reader.ReadToEndAsync(request.HttpContext.RequestAborted));
        request.Body.Position = 0;
    }

    public override async Task<IReadOnlyList<FaultRule>> MeetAsync(string method, string path, CancellationToken cancel)
    {
        await before(method, path);
        return faults.Meet(Endpoint.Dss, method, path, _ => true);
    }

    public override Task HearAsync(LoggedRequest request)
    {
        heard.Enqueue(request);
        return Task.CompletedTask;
    }
}
