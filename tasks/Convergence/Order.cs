namespace DssPipeline.Convergence;

/// <summary>A depth-first order in which nothing comes before what it stands on; otherwise the order of declaration.</summary>
internal static class Order
{
    /// <exception cref="ProblemException">Resources stand on each other.</exception>
    public static IReadOnlyList<Resource> Of(IEnumerable<Resource> resources, Func<Resource, IEnumerable<Resource>> below, Func<ResourceId, bool> included)
    {
        var ordered = new List<Resource>();
        var done = new HashSet<ResourceId>();
        var path = new Stack<ResourceId>();
        var open = new HashSet<ResourceId>();
        foreach (var resource in resources) Visit(resource);
        return ordered;

        void Visit(Resource resource)
        {
            if (done.Contains(resource.Id)) return;
            if (!open.Add(resource.Id)) throw Cycle(path.Reverse(), resource.Id);

            path.Push(resource.Id);
            foreach (var next in below(resource)) Visit(next);
            open.Remove(path.Pop());
            done.Add(resource.Id);
            if (included(resource.Id)) ordered.Add(resource);
        }
    }

    private static ProblemException Cycle(IEnumerable<ResourceId> path, ResourceId again) => new(new Problem(
        "Resources stand on each other",
        $"{string.Join(" → ", path.SkipWhile(id => id != again).Append(again))}: none of them can be made first."));
}
