using System.Text.Json.Nodes;

namespace DssPipeline.Convergence;

/// <summary>One remote thing: its name, what the manifest wishes it to be, a way to look, a way to make.</summary>
public abstract class Resource(ResourceId id)
{
    public ResourceId Id { get; } = id;

    /// <summary>The resource that must exist before this one can even be asked for; when it is absent, so is this.</summary>
    public virtual ResourceId? LivesIn => null;

    /// <summary>Whether it may be asked for before its host is known to be there, because a missing host then simply answers "absent".</summary>
    public virtual bool AskedAlongsideHost => false;

    /// <summary>Order that data cannot show. What <see cref="LivesIn"/> and references say need not be repeated.</summary>
    public virtual IReadOnlyList<ResourceId> After => [];

    /// <summary>Resources of one lane are never written side by side; null when nothing stands in the way.</summary>
    public virtual string? Lane => null;

    /// <summary>How long it may take until a made change is seen; null for as long as the run allows everything.</summary>
    public virtual TimeSpan? Patience => null;

    /// <summary>How the remote bends what it is given.</summary>
    public virtual Comparison Comparison => Comparison.Plain;

    /// <summary>Whether removing it loses what people put into it, so that it must be named before anybody removes it.</summary>
    public virtual bool HoldsData => false;

    /// <summary>Whether the manifest must name it before a deployment removes it or makes it anew; false only where nothing is lost by that.</summary>
    public virtual bool NeedsPermission => true;

    /// <summary>Whether nothing else can be removed while this is there, as with a lock.</summary>
    public virtual bool GuardsOthers => false;

    /// <summary>What the manifest wishes, references unresolved; null when the thing must not exist.</summary>
    public abstract JsonNode? Desired { get; }

    /// <summary>What is there now, or null when nothing is. Reads only.</summary>
    public abstract Task<JsonNode?> ObserveAsync(CancellationToken cancel);

    /// <summary>Makes the change. Safe to repeat, safe to be cut in the middle.</summary>
    public abstract Task ApplyAsync(Change change, CancellationToken cancel);

    /// <summary>Why this must be left alone although it differs (it belongs to somebody else, a step is not possible); null when nothing is against it.</summary>
    public virtual Problem? Objection(Verb verb, JsonNode? desired, JsonNode? observed) => null;

    /// <summary>Whether what was observed was made by this deployment; what was not is never removed.</summary>
    public virtual bool IsOurs(JsonNode observed) => true;

    /// <summary>What people notice while these differences are removed, in a sentence (a restart, a pause); null when nobody notices.</summary>
    public virtual string? Interruption(IReadOnlyList<Difference> differences) => null;

    public override string ToString() => Id.ToString();
}
