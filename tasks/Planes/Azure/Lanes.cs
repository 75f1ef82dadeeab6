using System.Collections.Frozen;

namespace DssPipeline.Planes;

/// <summary>Knows which things Azure changes one at a time, together with what is in them.</summary>
internal static class Lanes
{
    private static readonly FrozenSet<string> Whole = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "Microsoft.Network/virtualNetworks",
        "Microsoft.Network/networkSecurityGroups",
        "Microsoft.ContainerService/managedClusters",
        "Microsoft.ManagedIdentity/userAssignedIdentities",
        "Microsoft.Compute/virtualMachines");

    /// <summary>The id of the thing that is changed as one; null when nothing stands in the way.</summary>
    public static string? Of(ArmAddress address)
    {
        if (Whole.Contains(address.Type)) return address.Id;

        var parent = address with { Id = address.Parent };
        return address.Type.StartsWith(parent.Type + "/", StringComparison.OrdinalIgnoreCase) && Whole.Contains(parent.Type) ? parent.Id : null;
    }
}
