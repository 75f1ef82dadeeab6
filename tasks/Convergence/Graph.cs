namespace DssPipeline.Convergence;

/// <summary>The parts of a run with the edges between their resources: what stands on what.</summary>
public sealed partial class Graph
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
        known = own.Concat(others ?? []).DistinctBy(resource => resource.Id).ToDictionary(resource => resource.Id);
        Included = own.Select(resource => resource.Id).ToHashSet();
        Declared = known.Keys.ToHashSet();
        var problems = Twins(own).Concat(known.Values.SelectMany(Lost)).ToList();
        if (problems.Count > 0) throw new ProblemException(problems);

        below = Edges();
        Resources = Order.Of(own, StandsOn, Included.Contains);
    }

    public IReadOnlyList<Part> Parts { get; }

    /// <summary>What this run makes, in an order in which nothing comes before what it stands on.</summary>
    public IReadOnlyList<Resource> Resources { get; }

    /// <summary>The names of <see cref="Resources"/>.</summary>
    public IReadOnlySet<ResourceId> Included { get; }

    /// <summary>Every name the manifest knows, also outside this run.</summary>
    public IReadOnlySet<ResourceId> Declared { get; }

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

    private static IEnumerable<Problem> Twins(List<Resource> resources) =>
        resources.GroupBy(resource => resource.Id).Where(group => group.Count() > 1).Select(group => new Problem(
            "Declared twice",
            $"{group.Key} is wished for {group.Count()} times. One remote thing can follow one wish only: give the sections different names."));

    private IEnumerable<Problem> Lost(Resource resource) =>
        Reference.In(resource.Desired).Where(id => !known.ContainsKey(id)).Select(id => new Problem(
            "Reference leads nowhere",
            $"{resource.Id} takes a value from {id}, which nothing in the manifest declares."));
}
