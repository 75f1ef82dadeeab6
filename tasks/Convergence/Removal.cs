using System.Text.Json.Nodes;

namespace DssPipeline.Convergence;

/// <summary>Turns a graph round: everything that is ours must not exist, and what stands on a thing goes before it.</summary>
public static class Removal
{
    /// <summary>The graph of removals, leftovers included. Reads only.</summary>
    public static async Task<Graph> OfAsync(IReadOnlyList<Part> parts, CancellationToken cancel)
    {
        var forward = new Graph(parts);
        var found = await Task.WhenAll(parts.Select(part => LeftoversAsync(part, forward.Declared, cancel)));
        var whole = parts.Zip(found, (part, left) => part with { Resources = [.. part.Resources, .. left], Searches = [] }).ToList();
        return Turn(new Graph(whole), whole);
    }

    private static async Task<IReadOnlyList<Resource>> LeftoversAsync(Part part, IReadOnlySet<ResourceId> declared, CancellationToken cancel) =>
        [.. (await Task.WhenAll(part.Searches.Select(search => search.FindAsync(declared, cancel)))).SelectMany(found => found).DistinctBy(leftover => leftover.Id)];

    private static Graph Turn(Graph forward, List<Part> parts)
    {
        var above = forward.Resources.SelectMany(Graph.Named, (on, below) => (Below: below, Above: on.Id)).Where(edge => forward.Included.Contains(edge.Below)).ToLookup(edge => edge.Below, edge => edge.Above);
        var guards = forward.Resources.Where(resource => resource.GuardsOthers).Select(resource => resource.Id).ToList();
        var turned = parts.Select(part => part with { Resources = [.. part.Resources.Reverse().Select(Unwant)] });
        return new([.. turned.Reverse()]);

        Unwanted Unwant(Resource resource) => new(resource, [.. Hosts(forward, resource).Reverse()], resource.GuardsOthers ? [] : [.. above[resource.Id], .. guards]);
    }

    /// <summary>What the resource lives in, what that lives in, and so on.</summary>
    private static IEnumerable<Resource> Hosts(Graph graph, Resource resource)
    {
        for (var host = Next(resource); host is not null; host = Next(host)) yield return host;

        Resource? Next(Resource guest) => guest.LivesIn is { } id ? graph.Find(id) : null;
    }

    /// <summary>A resource that must not exist, as far as it is ours.</summary>
    private sealed class Unwanted(Resource inner, IReadOnlyList<Resource> hosts, IReadOnlyList<ResourceId> above) : Resource(inner.Id)
    {
        public override IReadOnlyList<ResourceId> After => above;

        public override string? Lane => inner.Lane;

        public override TimeSpan? Patience => inner.Patience;

        public override bool HoldsData => inner.HoldsData;

        /// <summary>That everything goes was confirmed; only data must be named besides.</summary>
        public override bool NeedsPermission => inner.HoldsData;

        public override JsonNode? Desired => null;

        public override async Task<JsonNode?> ObserveAsync(CancellationToken cancel)
        {
            foreach (var host in hosts) if (!await IsOursAsync(host, cancel)) return null;

            var observed = await inner.ObserveAsync(cancel);
            return observed is not null && inner.IsOurs(observed) ? observed : null;
        }

        public override Task ApplyAsync(Change change, CancellationToken cancel) => inner.ApplyAsync(change with { Resource = inner }, cancel);

        private static async Task<bool> IsOursAsync(Resource host, CancellationToken cancel) =>
            await host.ObserveAsync(cancel) is { } observed && host.IsOurs(observed);
    }
}
