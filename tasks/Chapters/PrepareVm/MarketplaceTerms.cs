using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The terms of an image that carries a purchase plan: accepted once for the whole subscription, and never taken back.</summary>
public sealed class MarketplaceTerms(Arm arm, Manifest manifest)
    : AzureResource(arm, NameIn(manifest), "2015-06-01", null)
{
    private readonly MarketplaceImage image = new(arm, manifest);

    public override IReadOnlyList<ResourceId> After => [new("azure", "provider", "Microsoft.MarketplaceOrdering"), new("azure", "provider", "Microsoft.Compute")];

    protected override JsonNode Wish => Json.Of(new { properties = new { accepted = true } });

    protected override UpdateStyle UpdateStyle => UpdateStyle.PutOverObserved;

    /// <summary>Called after the image: <c>azure/marketplaceTerms/almalinux/almalinux-x86_64/8-gen2</c>.</summary>
    public static AzureName NameIn(Manifest manifest)
    {
        var (publisher, offer, sku) = (manifest.Vm.Image.Publisher, manifest.Vm.Image.Offer, manifest.Vm.Image.Sku);
        return new(
            new("azure", "marketplaceTerms", $"{publisher}/{offer}/{sku}"),
            "Microsoft.MarketplaceOrdering/offerTypes/publishers/offers/plans/agreements",
            $"{manifest.Names.SubscriptionPath}/providers/Microsoft.MarketplaceOrdering/offerTypes/virtualMachine/publishers/{publisher}/offers/{offer}/plans/{sku}/agreements/current");
    }

    public override bool IsOurs(JsonNode observed) => false;

    /// <summary>Terms are never made: they are read, and sent back accepted, signature and all.</summary>
    public override Task ApplyAsync(Change change, CancellationToken cancel) => base.ApplyAsync(change with { Verb = Verb.Update }, cancel);

    protected override async Task<JsonNode?> LookAsync(CancellationToken cancel)
    {
        var terms = await base.LookAsync(cancel);
        var isAccepted = Pointer.At(terms, "/properties/accepted") is JsonValue value && value.TryGetValue(out bool accepted) && accepted;

        // Terms exist for every image that ever had a plan; a version without one needs nobody's consent.
        return isAccepted || await image.NeededPlanAsync(cancel) is not null ? terms : Wish;
    }
}
