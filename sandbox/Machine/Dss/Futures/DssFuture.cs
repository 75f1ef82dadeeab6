using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>A long task: under way, done, failed or aborted.</summary>
internal sealed class DssFuture(string id, DssKey owner, Task<JsonNode?> work, CancellationTokenSource abort)
{
    private int _looks;

    public string Id => id;

    public DssKey Owner => owner;

    public Task<JsonNode?> Work => work;

    public bool IsAborted => abort.IsCancellationRequested;

    /// <summary>Whether a look finds it done; it takes some looks even when it is quick.</summary>
    public bool IsDoneAfter(int looks) => Interlocked.Increment(ref _looks) > looks && work.IsCompleted;

    public Task AbortAsync() => abort.CancelAsync();

    public JsonObject State(bool alive) => new()
    {
        ["jobId"] = id,
        ["alive"] = alive,
        ["hasResult"] = false,
        ["aborted"] = IsAborted,
        ["owner"] = $"api:{owner.Id}",
        ["startTime"] = 0,
    };
}
