using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>Which kinds of copies an account can go between in place.</summary>
internal static class StorageCopies
{
    /// <summary>Why Azure does not take the change; null when it does.</summary>
    public static Problem? Objection(ResourceId id, string? seen, string? wished)
    {
        if (seen is null || wished is null || (IsPremium(seen) == IsPremium(wished) && IsZonal(seen) == IsZonal(wished))) return null;

        return IsPremium(seen) != IsPremium(wished)
            ? new Problem(
                "Performance is fixed at birth",
                $"{id} is {seen}, and sku asks for {wished}. An account is standard or premium for life. Put the sku back, or make an account of another name and copy the data.")
            : new Problem(
                "Copies need a migration",
                $"{id} is {seen}, and sku asks for {wished}. Azure goes between copies in one place and copies across zones only by a migration, which it does on request and which takes days. "
                + $"Put the sku back to {seen}, or start the migration with the command and change the sku here when it is done.")
            {
                Command = $"az storage account migration start --account-name {id.Name} --sku {wished} --no-wait",
            };
    }

    private static bool IsPremium(string sku) => sku.StartsWith("Premium", StringComparison.OrdinalIgnoreCase);

    private static bool IsZonal(string sku) => sku.Contains("ZRS", StringComparison.OrdinalIgnoreCase);
}
