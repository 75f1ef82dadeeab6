using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>A thing in Azure: an ARM id, a wish, and everything that all of ARM has in common.</summary>
public abstract partial class ArmResource(Arm arm, ResourceId id, ArmAddress address) : Resource(id)
{
    /// <summary>Where it is, and in which version of the API it is spoken of.</summary>
    public ArmAddress Address { get; } = address;

    /// <summary>What ARM re-cases everywhere: regions, kinds, sizes, states, and every value that is an ARM id.</summary>
    public override Comparison Comparison => Comparison.Plain with { Folded = [.. ArmIds.Paths(Desired), "/location", "/kind", "/sku", "/identity/type", ProvisioningState.Path] };

    /// <summary>Azure makes one change at a time to these and what is in them, so they wait for each other here.</summary>
    public override string? Lane => Lanes.Of(Address);

    /// <summary>The wish of the chapter, with the tags of the manifest and of this deployment, and that it be finished.</summary>
    public sealed override JsonNode? Desired => Wish is JsonObject wish ? Complete((JsonObject)wish.DeepClone()) : null;

    /// <summary>What the manifest asks for, as ARM's body; null when the thing must not exist.</summary>
    protected abstract JsonNode? Wish { get; }

    /// <summary>The client, for the few things that need more than one request.</summary>
    protected Arm Arm { get; } = arm;

    /// <summary>The task that makes it, written as a tag beside the deployment's name.</summary>
    protected virtual string? MadeBy => null;

    /// <summary>How a change is brought to it once it exists.</summary>
    protected virtual UpdateStyle UpdateStyle => UpdateStyle.Put;

    /// <summary>Members dropped from what was observed before it is sent back.</summary>
    protected virtual Paths ReadOnly => ["/id", "/name", "/type", "/etag", "/systemData", ProvisioningState.Path];

    public override Problem? Objection(Verb verb, JsonNode? desired, JsonNode? observed) =>
        Ownership.TakesTags(Address.Type) ? Ownership.Objection(Address.Id, Arm.Deployment, verb, observed) : null;

    /// <summary>ARM answers 404 below a missing host, so nobody waits to learn whether the host is there.</summary>
    public override bool AskedAlongsideHost => true;

    /// <summary>What takes tags says whose it is; the rest is as ours as what it lives in.</summary>
    public override bool IsOurs(JsonNode observed) => !Ownership.TakesTags(Address.Type) || Ownership.DeploymentOf(observed) == Arm.Deployment;

    public sealed override async Task<JsonNode?> ObserveAsync(CancellationToken cancel) =>
        await LookAsync(cancel) is { } observed ? Spell(observed) : null;

    /// <summary>Asks Azure; overridden where one question is not enough.</summary>
    protected virtual Task<JsonNode?> LookAsync(CancellationToken cancel) => Arm.ObserveAsync(Address, cancel);

    /// <summary>What was observed, spelled so that it can be compared with the wish.</summary>
    protected virtual JsonNode Seen(JsonNode observed) => observed;

    private JsonObject Complete(JsonObject wish)
    {
        if (Ownership.TakesTags(Address.Type)) wish["tags"] = Ownership.Tags(Arm, MadeBy, wish["tags"] as JsonObject);
        if (wish["properties"] is not JsonObject properties) wish["properties"] = properties = [];
        properties["provisioningState"] = ProvisioningState.Succeeded;
        return (JsonObject)IdentityMap.ByName(wish);
    }

    private JsonNode Spell(JsonNode observed) => Seen(ProvisioningState.Fill(IdentityMap.ByName(observed.DeepClone())));
}
