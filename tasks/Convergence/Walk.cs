using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace DssPipeline.Convergence;

/// <summary>One visit of the world: every resource is looked at once, however many ask for it.</summary>
internal sealed class Walk(Graph graph, SemaphoreSlim width, CancellationToken cancel)
{
    private readonly ConcurrentDictionary<ResourceId, Lazy<Task<JsonNode?>>> seen = [];

    /// <summary>What is there, or null; a thing whose host is absent is absent and nobody asks.</summary>
    public Task<JsonNode?> LookAsync(Resource resource) => seen.GetOrAdd(resource.Id, _ => new(() => AskAsync(resource))).Value;

    private async Task<JsonNode?> AskAsync(Resource resource)
    {
        var host = resource.LivesIn is { } id ? graph.Find(id) : null;
        if (host is not null && !resource.AskedAlongsideHost && await LookAsync(host) is null) return null;

        await width.WaitAsync(cancel);
        try
        {
            return await resource.ObserveAsync(cancel);
        }
        finally
        {
            width.Release();
        }
    }
}
