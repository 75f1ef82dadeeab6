using System.Text.Json.Nodes;

namespace DssPipeline.Convergence;

/// <summary>Looks at everything side by side and compares it with the wishes.</summary>
internal sealed class Planning(Graph graph, Walk walk, Permissions permissions, CancellationToken cancel)
{
    private readonly Dictionary<ResourceId, JsonNode?> observed = [];
    private readonly Dictionary<ResourceId, Verb> verbs = [];
    private readonly List<Problem> problems = [];

    /// <exception cref="ProblemException">Something could not be looked at; all such problems at once.</exception>
    public async Task<Plan> RunAsync()
    {
        var looking = Task.WhenAll(graph.Looked().Select(walk.LookAsync));
        var searching = Task.WhenAll(graph.Parts.Select(walk.SearchAsync));
        var (sights, findings) = (await looking, await searching);
        foreach (var sight in sights.Concat(findings.SelectMany(finding => finding.Leftovers))) Take(sight);
        problems.AddRange(findings.SelectMany(finding => finding.Problems));
        Tell();

        var changes = graph.Resources.ToDictionary(resource => resource.Id, resource => Guarded(resource, Compare));
        var removals = findings.Select(Removals).ToList();
        Tell();

        return new([.. graph.Parts.Zip(removals, (part, left) => new PlannedPart(part.Name, part.Description, [.. part.Resources.Select(resource => changes[resource.Id]!), .. left]))]);
    }

    private void Take(Sight sight)
    {
        observed[sight.Resource.Id] = sight.Observed;
        problems.AddRange(sight.Problems);
    }

    private void Tell()
    {
        cancel.ThrowIfCancellationRequested();
        if (problems.Count > 0) throw new ProblemException(Sharing.Of(problems));
    }

    /// <summary>A leftover that two parts find is told in the first of them.</summary>
    private IReadOnlyList<Change> Removals(Finding finding) =>
        [.. finding.Leftovers.Where(sight => verbs.TryAdd(sight.Resource.Id, Verb.Delete))
            .Select(sight => Guarded(sight.Resource, leftover => Change.Between(leftover, null, sight.Observed, permissions)))
            .OfType<Change>()
            .Where(change => change.Verb is not Verb.Keep)];

    private Change? Guarded(Resource resource, Func<Resource, Change> compare)
    {
        try
        {
            return compare(resource);
        }
        catch (Exception failure)
        {
            problems.AddRange(Failure.Told(resource.Id, failure));
            return null;
        }
    }

    private Change Compare(Resource resource)
    {
        var present = HostIsMade(resource) ? null : observed[resource.Id];
        var change = Change.Between(resource, Filling.Fill(resource.Desired, Known), present, permissions);
        if (change.Verb is Verb.Create or Verb.Update or Verb.Replace && Missing(change) is { } missing) change = change with { Verb = Verb.Refuse, Problem = missing };
        verbs[resource.Id] = change.Verb;
        return change;
    }

    /// <summary>What is observed of a thing that is about to be made or made anew tells nothing about what it will be.</summary>
    private JsonNode? Known(ResourceId id) => verbs.GetValueOrDefault(id) is Verb.Create or Verb.Replace ? null : observed.GetValueOrDefault(id);

    private bool HostIsMade(Resource resource) =>
        resource.LivesIn is { } host && verbs.GetValueOrDefault(host) is Verb.Create or Verb.Replace;

    private Problem? Missing(Change change)
    {
        var open = Reference.All(change.Desired);
        var needed = open.Select(reference => reference.Id).Concat(change.Resource.LivesIn is { } host ? [host] : []);
        var absent = needed.Where(id => !graph.Included.Contains(id) && graph.Find(id) is not null && observed.GetValueOrDefault(id) is null).Distinct().ToList();
        if (absent.Count > 0) return Refusals.Absent(change.Id, absent);

        var empty = open.FirstOrDefault(reference => verbs.GetValueOrDefault(reference.Id) is Verb.Keep);
        return empty == default ? null : Refusals.ValueMissing(change.Id, empty.Id, empty.Path);
    }
}
