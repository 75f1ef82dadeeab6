using System.Collections.Concurrent;

namespace DssPipeline.Sandbox;

/// <summary>The watch in the same process.</summary>
internal sealed class DssNearWatch(Faults faults, ConcurrentQueue<LoggedRequest> heard, Func<string, string, Task> before) : DssWatch
{
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
