using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

public abstract partial class ArmResource
{
    public override async Task ApplyAsync(Change change, CancellationToken cancel)
    {
        if (change.Verb is Verb.Delete or Verb.Replace) await Arm.DeleteAsync(Address.Id, Address.ApiVersion, cancel);
        if (change.Verb is Verb.Create or Verb.Replace) await MakeAsync((JsonObject)change.Desired!, cancel);
        if (change.Verb is Verb.Update) await UpdateAsync((JsonObject)change.Desired!, cancel);
    }

    /// <summary>The body that is sent: the wish, or the wish over what was read just before, with everybody else's tags and identities kept.</summary>
    /// <param name="wish">The wish with its references filled in.</param>
    /// <param name="observed">What Azure told just before; null when it is to be made.</param>
    protected virtual JsonObject Body(JsonObject wish, JsonNode? observed)
    {
        var below = UpdateStyle is UpdateStyle.PutOverObserved && observed is not null ? Overlay.Without(observed.DeepClone(), ReadOnly) : null;
        var body = (JsonObject)Overlay.Of(below, wish)!;
        if (body["tags"] is JsonObject tags) body["tags"] = Overlay.Of(Pointer.At(observed, "/tags"), tags);
        if (body["identity"] is JsonObject identity && identity[IdentityMap.Member] is JsonObject ours)
        {
            identity[IdentityMap.Member] = Overlay.Of(Pointer.At(observed, $"/identity/{IdentityMap.Member}"), ours);
        }

        return body;
    }

    private async Task UpdateAsync(JsonObject desired, CancellationToken cancel)
    {
        // A run that died may have left the thing unfinished; until that is over, Azure takes no other change.
        var raw = await Arm.SettledAsync(Address, cancel);
        if (raw is null)
        {
            await MakeAsync(desired, cancel);
            return;
        }

        var differences = Comparison.Differences(desired, Spell(raw));
        if (differences is []) return;

        var body = Sent(desired, IdentityMap.ByName(raw.DeepClone()));
        if (UpdateStyle is UpdateStyle.Patch && Changed.Of(body, differences) is { Count: > 0 } changed) await Arm.PatchAsync(Address.Id, Address.ApiVersion, changed, cancel);
        else await Arm.PutAsync(Address.Id, Address.ApiVersion, body, cancel);
    }

    private Task MakeAsync(JsonObject desired, CancellationToken cancel) =>
        Arm.PutAsync(Address.Id, Address.ApiVersion, Sent(desired, null), cancel);

    private JsonObject Sent(JsonObject desired, JsonNode? observed)
    {
        var wish = (JsonObject)desired.DeepClone();
        if (wish["properties"] is JsonObject properties && properties.Remove("provisioningState") && properties.Count == 0) wish.Remove("properties");
        return (JsonObject)IdentityMap.ById(Body(wish, observed));
    }
}
