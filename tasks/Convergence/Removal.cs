using System.Text.Json.Nodes;

namespace DssPipeline.Convergence;

/// <summary>A resource as it is when nobody wishes for it any more: to be removed, after everything that stood on it.</summary>
public sealed class Removal(Resource resource) : Resource(resource.Id)
{
    private readonly IReadOnlyList<ResourceId> after = [.. resource.After.Concat(Reference.In(resource.Desired)).Distinct()];

    public override ResourceId? LivesIn => resource.LivesIn;

    public override bool AskedAlongsideHost => resource.AskedAlongsideHost;

    public override IReadOnlyList<ResourceId> After => after;

    public override string? Lane => resource.Lane;

    public override TimeSpan? Patience => resource.Patience;

    public override Comparison Comparison => resource.Comparison;

    public override bool MayBeDestroyed => resource.MayBeDestroyed;

    public override JsonNode? Desired => null;

    public override Task<JsonNode?> ObserveAsync(CancellationToken cancel) => resource.ObserveAsync(cancel);

    public override Task ApplyAsync(Change change, CancellationToken cancel) => resource.ApplyAsync(change, cancel);

    public override Problem? Objection(Verb verb, JsonNode? desired, JsonNode? observed) => resource.Objection(verb, desired, observed);
}
