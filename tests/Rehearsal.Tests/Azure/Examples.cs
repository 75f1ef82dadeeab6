using System.Runtime.CompilerServices;
using DssPipeline.Chapters;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>The examples of the repository, as they are rehearsed: secrets stood in for, and the network of others in the one subscription of the sandbox.</summary>
public static class Examples
{
    public static TheoryData<string> All => ["minimal", "reference", "production"];

    public static Manifest Read(string name, params string[] sets) => ManifestReader.Read(PathOf(name), new ReadOptions
    {
        Missing = MissingSources.StandIn,
        Variables = _ => null,
        Sets = name == "production"
            ? ["network.existing.virtualNetworkId=/subscriptions/00000000-0000-0000-0000-000000000011/resourceGroups/rg-hub/providers/Microsoft.Network/virtualNetworks/vnet-hub", .. sets]
            : sets,
    });

    private static string PathOf(string name, [CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "..", "examples", $"{name}.yml"));
}
