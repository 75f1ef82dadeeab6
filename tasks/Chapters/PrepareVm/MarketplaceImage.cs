using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The image of the machine as the marketplace sells it: the free ones of AlmaLinux carry a purchase plan in some versions and none in others.</summary>
internal sealed class MarketplaceImage(Arm arm, Manifest manifest)
{
    private readonly ImageReferenceSection image = manifest.Vm.Image;

    /// <summary>Whether the manifest names an image of the marketplace at all.</summary>
    public bool IsWished => image is { Id: null, CommunityGalleryImageId: null };

    /// <summary>Whether a plan may have to be sent, and its terms be accepted.</summary>
    public bool MayHavePlan => IsWished && image.Plan is not PurchasePlan.Never;

    /// <summary>The plan as a machine states it.</summary>
    public JsonNode Plan => Json.Of(new { publisher = image.Publisher, product = image.Offer, name = image.Sku });

    private string Versions =>
        $"{manifest.Names.SubscriptionPath}/providers/Microsoft.Compute/locations/{manifest.Azure.Location}/publishers/{image.Publisher}/artifacttypes/vmimage/offers/{image.Offer}/skus/{image.Sku}/versions";

    /// <summary>The plan to send with the machine, or null when the image has none.</summary>
    public async Task<JsonNode?> NeededPlanAsync(CancellationToken cancel)
    {
        if (!MayHavePlan) return null;
        if (image.Plan is PurchasePlan.Always) return Plan;

        var version = image.Version == "latest" ? await NewestAsync(cancel) : image.Version;
        var told = version is null ? null : await arm.GetAsync($"{Versions}/{version}", VirtualMachine.ApiVersion, cancel);

        // An image that the region does not list is taken for what the marketplace mostly sells: one with a plan.
        if (told is null) return Plan;
        return Pointer.At(told, "/properties/plan") is { } plan ? Json.Of(new { publisher = $"{plan["publisher"]}", product = $"{plan["product"]}", name = $"{plan["name"]}" }) : null;
    }

    private async Task<string?> NewestAsync(CancellationToken cancel) =>
        Pointer.At(await arm.GetAsync($"{Versions}?$top=1&$orderby=name%20desc", VirtualMachine.ApiVersion, cancel), "/0/name")?.ToString();
}
