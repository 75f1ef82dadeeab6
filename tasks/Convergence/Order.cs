namespace DssPipeline.Convergence;

/// <summary>A depth-first order in which nothing comes before what it stands on; otherwise the order of declaration.</summary>
internal static class Order
{
    public static IReadOnlyList<Resource> Of(IEnumerable<Resource> resources, Func<Resource, IReadOnlyList<Resource>> below, Func<ResourceId, bool> included)
    {
        var ordered = new List<Resource>();
        var done = new HashSet<ResourceId>();
        var path = new List<ResourceId>();
        foreach (var resource in resources) Visit(resource);
        return ordered;

        void Visit(Resource resource)
        {
            if (done.Contains(resource.Id)) return;
            if (path.Contains(resource.Id)) throw Cycle(path, resource.Id);

            path.Add(resource.Id);
            foreach (var next in below(resource)) Visit(next);
            path.RemoveAt(path.Count - 1);
            done.Add(resource.Id);
            if (included(resource.Id)) ordered.Add(resource);
        }
    }

    private static ProblemException Cycle(List<ResourceId> path, ResourceId again) => new(new Problem(
        "Resources stand on each other",
        $"{string.Join(" → ", path.SkipWhile(id => id != again).Append(again))}: none of them can be made first."));
}
