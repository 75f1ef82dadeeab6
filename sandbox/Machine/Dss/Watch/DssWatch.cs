using Microsoft.AspNetCore.Http;

namespace DssPipeline.Sandbox;

/// <summary>Whoever watches a DSS: knows which faults a request meets, and hears how it ended. This one knows none and hears nothing.</summary>
internal class DssWatch
{
    public virtual Task<IReadOnlyList<FaultRule>> MeetAsync(string method, string path, CancellationToken cancel) => Task.FromResult<IReadOnlyList<FaultRule>>([]);

    /// <summary>A request arrives; what it sends can still be read by whoever answers it.</summary>
    public virtual Task ReadAsync(HttpRequest request) => Task.CompletedTask;

    public virtual Task HearAsync(LoggedRequest request) => Task.CompletedTask;
}
