namespace DssPipeline.Convergence;

/// <summary>The changes of one part of a run.</summary>
public sealed record PlannedPart(string Name, string Description, IReadOnlyList<Change> Changes);

/// <summary>What a run would do to make the world look like the manifest.</summary>
public sealed record Plan(IReadOnlyList<PlannedPart> Parts)
{
    /// <summary>Every change, as wished or not, in the order in which it is told.</summary>
    public IEnumerable<Change> Changes => Parts.SelectMany(part => part.Changes);

    /// <summary>True when there is nothing to do.</summary>
    public bool IsEmpty => Changes.All(change => change.Verb is Verb.Keep);

    public IEnumerable<Change> Refused => Changes.Where(change => change.Verb is Verb.Refuse);

    /// <summary>Names exactly what would be done: two plans with one digest do the same. 64 hex digits.</summary>
    public string Digest => PlanDigest.Of(this);

    public int Count(Verb verb) => Changes.Count(change => change.Verb == verb);
}
