namespace DssPipeline.Convergence;

/// <summary>The edges: from what lives in, refers to or comes after something, to that something. What lives in a thing that is to be removed goes before it.</summary>
public sealed partial class Graph
{
    /// <summary>What a plan looks at: what this run makes, what that takes values from, and every host on the way.</summary>
    public IEnumerable<Resource> Looked() => Reach(Resources, Seen);

    /// <summary>What this run makes before the resource, also where the way leads through things outside this run.</summary>
    internal IEnumerable<Resource> MadeBefore(Resource resource) =>
        Reach([resource], next => next == resource || !Included.Contains(next.Id) ? StandsOn(next) : [])
            .Where(found => found != resource && Included.Contains(found.Id));

    /// <summary>Everything the resource names: what it lives in, what it comes after, what it takes values from.</summary>
    internal static IEnumerable<ResourceId> Named(Resource resource) => Ends(resource).Concat(Reference.In(resource.Desired)).Distinct();

    private static IEnumerable<Resource> Reach(IEnumerable<Resource> from, Func<Resource, IEnumerable<Resource>> next)
    {
        var left = new Queue<Resource>(from);
        var found = left.ToHashSet();
        while (left.TryDequeue(out var resource))
        {
            yield return resource;
            foreach (var one in next(resource).Where(found.Add)) left.Enqueue(one);
        }
    }

    private IEnumerable<Resource> Seen(Resource resource)
    {
        var named = Included.Contains(resource.Id) ? Reference.In(resource.Desired) : [];
        return Known(resource.LivesIn is { } host ? named.Append(host) : named);
    }

    private Dictionary<ResourceId, IReadOnlyList<Resource>> Edges()
    {
        var gone = known.Values.Where(resource => resource.Desired is null).Select(resource => resource.Id).ToHashSet();
        var edges = known.Values.ToDictionary(resource => resource.Id, resource => Known(resource.After.Concat(Reference.In(resource.Desired))).ToList());
        foreach (var resource in known.Values)
        {
            if (resource.LivesIn is not { } id || Find(id) is not { } host) continue;

            if (gone.Contains(resource.Id) && gone.Contains(id)) edges[id].Add(resource);
            else edges[resource.Id].Insert(0, host);
        }

        return edges.ToDictionary(edge => edge.Key, IReadOnlyList<Resource> (edge) => [.. edge.Value.Distinct()]);
    }

    private IEnumerable<Resource> Known(IEnumerable<ResourceId> ids) => ids.Select(id => known.GetValueOrDefault(id)).OfType<Resource>();
}
