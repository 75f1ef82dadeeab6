using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace DssPipeline.Convergence;

/// <summary>Looks at everything side by side and compares it with the wishes.</summary>
internal sealed class Planning(Graph graph, Walk walk, Permissions permissions, CancellationToken cancel)
{
    private readonly ConcurrentQueue<Problem> problems = [];
    private readonly Dictionary<ResourceId, JsonNode?> observed = [];
    private readonly Dictionary<ResourceId, Verb> verbs = [];

    /// <exception cref="ProblemException">Something could not be looked at; all such problems at once.</exception>
    public async Task<Plan> RunAsync()
    {
        var looks = graph.Resources.Concat(Referred()).Distinct().Select(LookAsync).ToList();
        var searches = graph.Parts.Select(SearchAsync).ToList();
        foreach (var (id, what) in await Task.WhenAll(looks)) observed[id] = what;
        var leftovers = await Task.WhenAll(searches);
        if (!problems.IsEmpty) throw new ProblemException([.. problems.Distinct()]);

        var changes = graph.Resources.ToDictionary(resource => resource.Id, Compare);
        return new([.. graph.Parts.Zip(leftovers, (part, left) => new PlannedPart(part.Name, part.Description, [.. part.Resources.Select(resource => changes[resource.Id]), .. left]))]);
    }

    /// <summary>What stands outside this run but is referred to from inside, hosts included.</summary>
    private IEnumerable<Resource> Referred() =>
        graph.Resources.SelectMany(resource => Reference.In(resource.Desired)).Select(id => graph.Find(id)!);

    private async Task<(ResourceId Id, JsonNode? Observed)> LookAsync(Resource resource)
    {
        try
        {
            return (resource.Id, await walk.LookAsync(resource));
        }
        catch (Exception failure) when (!cancel.IsCancellationRequested)
        {
            foreach (var problem in Failure.Told(resource.Id, failure)) problems.Enqueue(problem);
            return (resource.Id, null);
        }
    }

    private async Task<IReadOnlyList<Change>> SearchAsync(Part part)
    {
        var changes = new List<Change>();
        foreach (var search in part.Searches)
        {
            try
            {
                foreach (var leftover in await search.FindAsync(graph.Declared, cancel)) changes.Add(Change.Between(leftover, null, await leftover.ObserveAsync(cancel), permissions));
            }
            catch (Exception failure) when (!cancel.IsCancellationRequested)
            {
                foreach (var problem in Failure.Told(new("search", part.Name, "leftovers"), failure)) problems.Enqueue(problem);
            }
        }

        return [.. changes.Where(change => change.Verb is not Verb.Keep)];
    }

    private Change Compare(Resource resource)
    {
        var present = HostIsRemade(resource) ? null : observed[resource.Id];
        var change = Change.Between(resource, Filling.Fill(resource.Desired, Known), present, permissions);
        verbs[resource.Id] = change.Verb;
        return change.Verb is Verb.Create or Verb.Update && Missing(change) is { } missing ? change with { Verb = Verb.Refuse, Problem = missing } : change;
    }

    /// <summary>What is observed of a thing that is about to be made or made anew tells nothing about what it will be.</summary>
    private JsonNode? Known(ResourceId id) => verbs.GetValueOrDefault(id) is Verb.Create or Verb.Replace ? null : observed.GetValueOrDefault(id);

    private bool HostIsRemade(Resource resource) =>
        resource.LivesIn is { } host && verbs.GetValueOrDefault(host) is Verb.Replace;

    private Problem? Missing(Change change)
    {
        var outside = Reference.In(change.Desired).Where(id => !graph.Included.Contains(id)).ToList();
        return outside is [] ? null : new Problem(
            "Stands on something absent",
            $"{change.Id} takes a value from {string.Join(" and ", outside)}, which is not there and not part of this run. Run the target without --exclusive, so that it is made first.");
    }
}
