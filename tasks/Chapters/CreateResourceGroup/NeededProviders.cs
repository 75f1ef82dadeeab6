namespace DssPipeline.Chapters;

/// <summary>Which resource providers a deployment needs.</summary>
public static class NeededProviders
{
    /// <summary>Namespaces, in the order in which the tasks come to need them.</summary>
    public static IEnumerable<string> Of(Manifest manifest)
    {
        if (!manifest.Azure.RegisterProviders) yield break;

        yield return "Microsoft.Authorization";
        yield return "Microsoft.Network";
        if (manifest.Identity.Kind is IdentityKind.ManagedIdentity) yield return "Microsoft.ManagedIdentity";
        yield return "Microsoft.KeyVault";
        yield return "Microsoft.ContainerRegistry";
        yield return "Microsoft.Compute";
        if (BuysImage(manifest.Vm.Image)) yield return "Microsoft.MarketplaceOrdering";
        if (manifest.Adls is not []) yield return "Microsoft.Storage";
        if (manifest.Aks.Clusters is not []) yield return "Microsoft.ContainerService";
    }

    private static bool BuysImage(ImageReferenceSection image) =>
        image is { Id: null, CommunityGalleryImageId: null, Plan: not PurchasePlan.Never };
}
