using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace DssPipeline.Convergence;

/// <summary>Plans and makes what a graph wishes for: side by side where it can, in order where it must.</summary>
public sealed partial class Rollout
{
    private readonly Graph graph;
    private readonly RolloutOptions options;
    private readonly TimeProvider clock;
    private readonly Audience audience;
    private readonly Turns turns;
    private readonly ConcurrentDictionary<string, SemaphoreSlim> lanes = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<ResourceId, JsonNode?> seen = [];
    private readonly Dictionary<ResourceId, Task<Outcome>> outcomes = [];
    private Dictionary<ResourceId, Verb> planned = [];
    private Plan? started;
    private DateTimeOffset startedAt;

    public Rollout(Graph graph, RolloutOptions options, TimeProvider clock, IProgress<Happening> audience)
    {
        (this.graph, this.options, this.clock) = (graph, options, clock);
        this.audience = new Audience(audience);
        turns = new Turns(options.Width, options.Pulse, clock, this.audience);
    }

    /// <summary>Looks at everything and tells what would be done. Writes nothing.</summary>
    /// <exception cref="ProblemException">Something could not be looked at; all such problems at once.</exception>
    public async Task<Plan> PlanAsync(CancellationToken cancel)
    {
        options.LookAnew();
        audience.Report(new LookStarted(graph.Resources.Count));
        var since = clock.GetTimestamp();
        var walk = new Walk(graph, new Turns(options.LookWidth, options.Pulse, clock, audience), cancel);
        var plan = await new Planning(graph, walk, options.Permissions, cancel).RunAsync();
        audience.Report(new LookEnded(plan, clock.GetElapsedTime(since)));
        return plan;
    }

    /// <summary>Begins to make the plan; returns at once.</summary>
    /// <exception cref="InvalidOperationException">It was started before, or the plan is of another graph.</exception>
    public void Start(Plan plan, CancellationToken cancel)
    {
        if (started is not null) throw new InvalidOperationException("A rollout is started once.");

        var changes = plan.Changes.ToDictionary(change => change.Id);
        if (!graph.Included.All(changes.ContainsKey)) throw new InvalidOperationException("The plan is of another graph.");

        (started, startedAt) = (plan, clock.GetUtcNow());
        planned = changes.ToDictionary(change => change.Key, change => change.Value.Verb);
        foreach (var change in changes.Values) seen[change.Id] = change.Observed;
        foreach (var resource in graph.Resources) outcomes[resource.Id] = MakeInTurnAsync(changes[resource.Id], Ends(graph.MadeBefore(resource)), cancel);
        StartRemovals([.. changes.Values.Where(change => !graph.Included.Contains(change.Id))], cancel);
    }

    /// <summary>Waits until the resources of one task have come to their end.</summary>
    public async Task<IReadOnlyList<Outcome>> FinishAsync(IEnumerable<ResourceId> part)
    {
        Started();
        return await Task.WhenAll(part.Select(id => outcomes[id]));
    }

    /// <summary>Waits for everything.</summary>
    public async Task<Report> FinishAsync()
    {
        var plan = Started();
        foreach (var guard in LeftOff(await Task.WhenAll(outcomes.Values))) outcomes[guard.Id] = GuardAgainAsync(guard);
        var all = await Task.WhenAll(plan.Changes.Select(change => outcomes[change.Id]));
        return new(plan, all, startedAt, clock.GetUtcNow() - startedAt) { Unheard = audience.Unheard };
    }

    private Plan Started() => started ?? throw new InvalidOperationException("The rollout has not been started.");

    /// <summary>Leftovers go when everything wished for has come about, and what lives in another leftover goes before it.</summary>
    private void StartRemovals(List<Change> leftovers, CancellationToken cancel)
    {
        var wished = Task.WhenAll(outcomes.Values);
        var byId = leftovers.ToDictionary(change => change.Id);
        foreach (var resource in Order.Of(leftovers.Select(change => change.Resource), Guests, _ => true))
        {
            outcomes[resource.Id] = MakeInTurnAsync(byId[resource.Id], [wished, .. Ends(Guests(resource))], cancel);
        }

        IEnumerable<Resource> Guests(Resource host) => leftovers.Select(change => change.Resource).Where(guest => guest.LivesIn == host.Id || guest.After.Contains(host.Id));
    }

    private List<Task<Outcome[]>> Ends(IEnumerable<Resource> resources) => [Task.WhenAll(resources.Select(resource => outcomes[resource.Id]))];
}
