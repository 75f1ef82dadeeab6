namespace DssPipeline.Sandbox;

/// <summary>Whoever watches a DSS: knows which faults a request meets, and hears how it ended. This one knows none and hears nothing.</summary>
internal class DssWatch
{
    public virtual Task<IReadOnlyList<FaultRule>> MeetAsync(string method, string path, CancellationToken cancel) => Task.FromResult<IReadOnlyList<FaultRule>>([]);

    public virtual Task HearAsync(LoggedRequest request) => Task.CompletedTask;
}
