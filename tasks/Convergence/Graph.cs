namespace DssPipeline.Convergence;

/// <summary>The parts of a run with the edges between their resources: what stands on what.</summary>
public sealed class Graph
{
    private readonly Dictionary<ResourceId, Resource> known;
    private readonly Dictionary<ResourceId, IReadOnlyList<Resource>> below;

    /// <param name="parts">What this run makes.</param>
    /// <param name="others">What the manifest names besides; looked at where a part refers to it, never made.</param>
    /// <exception cref="ProblemException">Two resources have one name, a reference leads nowhere, or resources stand on each other.</exception>
    public Graph(IReadOnlyList<Part> parts, IEnumerable<Resource>? others = null)
    {
        Parts = parts;
        var own = parts.SelectMany(part => part.Resources).ToList();
        RefuseTwins(own);
        known = own.Concat(others ?? []).DistinctBy(resource => resource.Id).ToDictionary(resource => resource.Id);
        below = known.Values.ToDictionary(resource => resource.Id, Below);
        Included = own.Select(resource => resource.Id).ToHashSet();
        Resources = Order.Of(own, StandsOn, Included.Contains);
    }

    public IReadOnlyList<Part> Parts { get; }

    /// <summary>What this run makes, in an order in which nothing comes before what it stands on.</summary>
    public IReadOnlyList<Resource> Resources { get; }

    /// <summary>The names of <see cref="Resources"/>.</summary>
    public IReadOnlySet<ResourceId> Included { get; }

    /// <summary>Every name the manifest knows, also outside this run.</summary>
    public IReadOnlySet<ResourceId> Declared => known.Keys.ToHashSet();

    /// <summary>The resource of that name, inside or outside this run.</summary>
    public Resource? Find(ResourceId id) => known.GetValueOrDefault(id);

    /// <summary>What must be as wished before this can be made, direct edges only.</summary>
    public IReadOnlyList<Resource> StandsOn(Resource resource) => below.GetValueOrDefault(resource.Id, []);

    /// <summary>Order that some resource asks for although nobody declares its other end.</summary>
    public IEnumerable<(ResourceId From, ResourceId To)> Dangling() =>
        from resource in known.Values
        from id in Ends(resource)
        where !known.ContainsKey(id)
        select (resource.Id, id);

    private static IEnumerable<ResourceId> Ends(Resource resource) =>
        (resource.LivesIn is { } host ? [host] : Enumerable.Empty<ResourceId>()).Concat(resource.After);

    private static void RefuseTwins(List<Resource> resources)
    {
        var twins = resources.GroupBy(resource => resource.Id).Where(group => group.Count() > 1).Select(group => new Problem(
            "Declared twice",
            $"{group.Key} is wished for {group.Count()} times. One remote thing can follow one wish only: give the sections different names."));
        if (twins.ToList() is { Count: > 0 } problems) throw new ProblemException(problems);
    }

    private IReadOnlyList<Resource> Below(Resource resource)
    {
        var references = Reference.In(resource.Desired).Select(id => known.GetValueOrDefault(id) ?? throw new ProblemException(new Problem(
            "Reference leads nowhere",
            $"{resource.Id} takes a value from {id}, which nothing in the manifest declares.")));
        var ends = Ends(resource).Select(id => known.GetValueOrDefault(id)).OfType<Resource>();
        return [.. ends.Concat(references).Distinct()];
    }
}
