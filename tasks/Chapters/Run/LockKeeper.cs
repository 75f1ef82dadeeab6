using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>A resource that keeps the lock of the run. Azure removes neither a container nor an account with a leased blob in it, so the lock goes first.</summary>
internal sealed class LockKeeper(Resource inner, Func<Task> letGo) : Resource(inner.Id)
{
    public override ResourceId? LivesIn => inner.LivesIn;

    public override bool AskedAlongsideHost => inner.AskedAlongsideHost;

    public override IReadOnlyList<ResourceId> After => inner.After;

    public override string? Lane => inner.Lane;

    public override TimeSpan? Patience => inner.Patience;

    public override Comparison Comparison => inner.Comparison;

    public override bool HoldsData => inner.HoldsData;

    public override bool NeedsPermission => inner.NeedsPermission;

    public override bool GuardsOthers => inner.GuardsOthers;

    public override JsonNode? Desired => inner.Desired;

    public override Task<JsonNode?> ObserveAsync(CancellationToken cancel) => inner.ObserveAsync(cancel);

    public override async Task ApplyAsync(Change change, CancellationToken cancel)
    {
        if (change.Verb is Verb.Delete or Verb.Replace) await letGo();
        await inner.ApplyAsync(change with { Resource = inner }, cancel);
    }

    public override Problem? Objection(Verb verb, JsonNode? desired, JsonNode? observed) => inner.Objection(verb, desired, observed);

    public override bool IsOurs(JsonNode observed) => inner.IsOurs(observed);

    public override string? Interruption(IReadOnlyList<Difference> differences) => inner.Interruption(differences);

    public override string ToString() => inner.ToString();
}
