using System.Collections.Frozen;

namespace DssPipeline.Planes;

/// <summary>Knows where a kind of thing is listed with everything that asking for one of them would tell.</summary>
internal static class Listing
{
    /// <summary>Kinds without a list, or whose list leaves out what a single answer has.</summary>
    private static readonly FrozenSet<string> Single = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "Microsoft.Resources/subscriptions",
        "Microsoft.Resources/resourceGroups",
        // All providers of a subscription are megabytes; the dozen that a deployment needs come faster one by one, side by side.
        "Microsoft.Resources/providers",
        "Microsoft.Resources/tags",
        "Microsoft.Storage/storageAccounts/blobServices",
        "Microsoft.Storage/storageAccounts/blobServices/containers",
        "Microsoft.Storage/storageAccounts/managementPolicies",
        "Microsoft.MarketplaceOrdering/offerTypes/publishers/offers/plans/agreements",
        "Microsoft.KeyVault/locations/deletedVaults");

    /// <summary>Path of the list that holds this thing; null when it is asked for by itself.</summary>
    public static string? Of(ArmAddress address)
    {
        if (address.Query is not null || Single.Contains(address.Type)) return null;
        if (!address.Type.Equals("Microsoft.Authorization/roleAssignments", StringComparison.OrdinalIgnoreCase)) return address.Collection;

        // Unfiltered, a group's list also holds what is assigned at the things inside it: one question instead of one for each.
        return address.ResourceGroup is { } group
            ? $"{group}/providers/Microsoft.Authorization/roleAssignments"
            : $"{address.Collection}?$filter=atScope()";
    }
}
