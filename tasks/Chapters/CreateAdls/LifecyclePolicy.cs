using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The rules by which an account moves and deletes old data. All rules of an account are one document; those of others in it are left alone.</summary>
public sealed class LifecyclePolicy(Arm arm, Manifest manifest, AdlsSection account)
    : AzureResource(arm, manifest.Names.For(account).LifecyclePolicy, StorageAccount.ApiVersion, manifest.Names.For(account).StorageAccount)
{
    private const string Rules = "/properties/policy/rules";

    /// <summary>Rules hold no data, and without them everything stays.</summary>
    public override bool NeedsPermission => false;

    public override Comparison Comparison => base.Comparison with { Unordered = [Rules, $"{Rules}/*/definition/filters/prefixMatch", $"{Rules}/*/definition/filters/blobTypes"] };

    // A manifest without rules wishes that there are none of ours.
    protected override JsonNode? Wish => account.Lifecycle is [] ? null : Json.Of(new { properties = new { policy = new { rules = account.Lifecycle.Select(LifecycleRules.Of) } } });

    public override async Task ApplyAsync(Change change, CancellationToken cancel)
    {
        var others = (Pointer.At(await Arm.GetAsync(Address.Id, Address.ApiVersion, cancel), Rules) as JsonArray ?? []).Where(rule => !IsOfOurs(rule));
        var wished = Pointer.At(change.Desired, Rules) as JsonArray ?? [];
        JsonArray rules = [.. others.Concat(wished).Select(rule => rule?.DeepClone())];

        if (rules.Count == 0) await Arm.DeleteAsync(Address.Id, Address.ApiVersion, cancel);
        else await Arm.PutAsync(Address.Id, Address.ApiVersion, Json.Of(new { properties = new { policy = new { rules } } }), cancel);
    }

    /// <summary>Our rules alone; when there are none, our policy is absent.</summary>
    protected override async Task<JsonNode?> LookAsync(CancellationToken cancel)
    {
        var policy = await base.LookAsync(cancel);
        if (Pointer.At(policy, Rules) is not JsonArray rules) return null;

        foreach (var other in rules.Where(rule => !IsOfOurs(rule)).ToList()) rules.Remove(other);
        return rules.Count > 0 ? policy : null;
    }

    private static bool IsOfOurs(JsonNode? rule) => $"{rule?["name"]}".StartsWith(LifecycleRules.Prefix, StringComparison.OrdinalIgnoreCase);
}
