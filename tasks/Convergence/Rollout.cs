using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace DssPipeline.Convergence;

/// <summary>Plans and makes what a graph wishes for: side by side where it can, in order where it must.</summary>
public sealed partial class Rollout(Graph graph, RolloutOptions options, TimeProvider clock, IProgress<Happening> audience)
{
    private readonly SemaphoreSlim width = new(options.Width);
    private readonly ConcurrentDictionary<string, SemaphoreSlim> lanes = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<ResourceId, JsonNode?> seen = [];
    private readonly Dictionary<ResourceId, Task<Outcome>> outcomes = [];
    private Plan? started;
    private DateTimeOffset startedAt;

    /// <summary>Looks at everything and tells what would be done. Writes nothing.</summary>
    /// <exception cref="ProblemException">Something could not be looked at; all such problems at once.</exception>
    public async Task<Plan> PlanAsync(CancellationToken cancel)
    {
        options.LookAnew();
        audience.Report(new LookStarted(graph.Resources.Count));
        var since = clock.GetTimestamp();
        var plan = await new Planning(graph, new Walk(graph, width, cancel), options.Permissions, cancel).RunAsync();
        audience.Report(new LookEnded(plan, clock.GetElapsedTime(since)));
        return plan;
    }

    /// <summary>Begins to make the plan; returns at once.</summary>
    public void Start(Plan plan, CancellationToken cancel)
    {
        (started, startedAt) = (plan, clock.GetUtcNow());
        var changes = plan.Changes.ToDictionary(change => change.Id);
        foreach (var change in changes.Values) seen[change.Id] = change.Observed;
        foreach (var resource in graph.Resources) outcomes[resource.Id] = MakeInTurnAsync(changes[resource.Id], Below(resource), cancel);

        var wished = outcomes.Values.ToList();
        foreach (var leftover in changes.Values.Where(change => !outcomes.ContainsKey(change.Id))) outcomes[leftover.Id] = MakeInTurnAsync(leftover, wished, cancel);
    }

    /// <summary>Waits until the resources of one task have come to their end.</summary>
    public async Task<IReadOnlyList<Outcome>> FinishAsync(IEnumerable<ResourceId> part) =>
        await Task.WhenAll(part.Select(id => outcomes[id]));

    /// <summary>Waits for everything.</summary>
    public async Task<Report> FinishAsync()
    {
        var all = await Task.WhenAll(started!.Changes.Select(change => outcomes[change.Id]));
        return new(started, all, startedAt, clock.GetUtcNow() - startedAt);
    }

    private List<Task<Outcome>> Below(Resource resource) =>
        [.. graph.StandsOn(resource).Where(below => graph.Included.Contains(below.Id)).Select(below => outcomes[below.Id])];
}
