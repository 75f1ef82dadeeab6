using System.Collections.Concurrent;

namespace DssPipeline.Sandbox;

/// <summary>The watch in the same process.</summary>
internal sealed class DssNearWatch(Faults faults, ConcurrentQueue<LoggedRequest> heard) : DssWatch
{
    public override Task<IReadOnlyList<FaultRule>> MeetAsync(string method, string path, CancellationToken cancel) =>
        Task.FromResult(faults.Meet(Endpoint.Dss, method, path, _ => true));

    public override Task HearAsync(LoggedRequest request)
    {
        heard.Enqueue(request);
        return Task.CompletedTask;
    }
}
