using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The terms of an image that carries a purchase plan: accepted once for the whole subscription, and never taken back.</summary>
public sealed class MarketplaceTerms(Arm arm, Manifest manifest) : ArmResource(arm, IdIn(manifest), AddressIn(manifest))
{
    private readonly MarketplaceImage image = new(arm, manifest);

    protected override JsonNode Wish => Json.Of(new { properties = new { accepted = true } });

    protected override UpdateStyle UpdateStyle => UpdateStyle.PutOverObserved;

    public static ResourceId IdIn(Manifest manifest) =>
        new("azure", "marketplaceTerms", $"{manifest.Vm.Image.Publisher}/{manifest.Vm.Image.Offer}/{manifest.Vm.Image.Sku}");

    public override bool IsOurs(JsonNode observed) => false;

    protected override async Task<JsonNode?> LookAsync(CancellationToken cancel)
    {
        var terms = await base.LookAsync(cancel);
        var isAccepted = Pointer.At(terms, "/properties/accepted") is JsonValue value && value.TryGetValue(out bool accepted) && accepted;

        // Terms exist for every image that ever had a plan; a version without one needs nobody's consent.
        return isAccepted || await image.NeededPlanAsync(cancel) is not null ? terms : Wish;
    }

    private static ArmAddress AddressIn(Manifest manifest)
    {
        var image = manifest.Vm.Image;
        return new(
            $"{manifest.Names.SubscriptionPath}/providers/Microsoft.MarketplaceOrdering/offerTypes/virtualMachine/publishers/{image.Publisher}/offers/{image.Offer}/plans/{image.Sku}/agreements/current",
            "2015-06-01");
    }
}
