using System.Collections.Concurrent;

namespace DssPipeline.Convergence;

/// <summary>One visit of the world: every resource is looked at once, however many ask for it. A look that fails stops no other.</summary>
internal sealed class Walk(Graph graph, Turns turns, CancellationToken cancel)
{
    private readonly ConcurrentDictionary<ResourceId, Lazy<Task<Sight>>> seen = [];

    /// <summary>What is there; a thing whose host is absent is absent and nobody asks.</summary>
    public Task<Sight> LookAsync(Resource resource) => seen.GetOrAdd(resource.Id, _ => new(() => AskAsync(resource))).Value;

    /// <summary>What is there and ours although nobody wishes for it.</summary>
    public async Task<Finding> SearchAsync(Part part)
    {
        var found = await Task.WhenAll(part.Searches.Select(search => FindAsync(new("leftovers", "of", part.Name), search)));
        var leftovers = found.SelectMany(result => result.Found).Where(leftover => !graph.Declared.Contains(leftover.Id)).DistinctBy(leftover => leftover.Id);
        var sights = await Task.WhenAll(leftovers.Select(LookAsync));
        return new(sights, [.. found.SelectMany(result => result.Problems)]);
    }

    private async Task<(IReadOnlyList<Resource> Found, IReadOnlyList<Problem> Problems)> FindAsync(ResourceId id, LeftoverSearch search)
    {
        try
        {
            return (await turns.TakeAsync(id, "they are listed", () => search.FindAsync(graph.Declared, cancel), cancel), []);
        }
        catch (Exception failure)
        {
            return ([], Failure.Told(id, failure));
        }
    }

    private async Task<Sight> AskAsync(Resource resource)
    {
        try
        {
            var host = resource.LivesIn is { } id ? graph.Find(id) : null;
            if (host is not null && !resource.AskedAlongsideHost && (await LookAsync(host)).Observed is null) return new(resource, null, []);

            return new(resource, await turns.TakeAsync(resource.Id, "it answers", () => resource.ObserveAsync(cancel), cancel), []);
        }
        catch (Exception failure)
        {
            return new(resource, null, Failure.Told(resource.Id, failure));
        }
    }
}
