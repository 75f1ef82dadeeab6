using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>Which changes the network of a cluster takes while it stands. Some go one way only, and the way there is in Azure's hands.</summary>
internal static class NetworkMoves
{
    private const string Profile = "/properties/networkProfile";

    private static readonly Move[] Moves =
    [
        new("networkPlugin", "networkPlugin", "from kubenet to azure with overlay", (from, to, wish) => from == "kubenet" && to == "azure" && Text(wish, "networkPluginMode") == "overlay"),
        new("networkPluginMode", "networkMode", "from subnet to overlay", (from, to, _) => from.Length == 0 && to == "overlay"),
        new("networkPolicy", "networkPolicy", "from none to any, and from azure or calico to cilium", (from, to, _) => from is "" or "none" || to == "cilium"),
        new("networkDataplane", "networkPolicy", "to cilium and not back", (_, to, _) => to == "cilium"),
        new("podCidr", "podCidr", "to a range that holds the old one", (from, to, _) => from.Length == 0 || (Cidr.TryParse(from, out var old) && Cidr.TryParse(to, out var wide) && wide.Contains(old))),
    ];

    /// <summary>What never changes.</summary>
    public static IReadOnlyList<string> Fixed { get; } = [$"{Profile}/serviceCidr", $"{Profile}/dnsServiceIP", $"{Profile}/loadBalancerSku"];

    /// <summary>Why the wish cannot be reached from what is there; null when it can.</summary>
    public static Problem? Objection(ResourceId id, string cluster, JsonNode? desired, JsonNode? observed)
    {
        foreach (var move in Moves)
        {
            var (from, to) = (Text(observed, move.Member), Text(desired, move.Member));
            if (from == to || move.IsTaken(from, to, desired)) continue;

            return new Problem(
                "Cluster network cannot move there",
                $"{id} has the {move.Member} {Shown(from)}, and aks.clusters[{cluster}].{move.Key} asks for {Shown(to)}. Of a cluster that stands, Azure moves it {move.Taken} only. "
                + "Put the old value back, or make a cluster under another name and move to it.");
        }

        return null;
    }

    private static string Text(JsonNode? cluster, string member) => Pointer.At(cluster, $"{Profile}/{member}")?.ToString().ToLowerInvariant() ?? "";

    private static string Shown(string value) => value.Length == 0 ? "none" : value;

    /// <summary>A member of the network profile that moves under a condition.</summary>
    /// <param name="Key">The key of the manifest that speaks of it.</param>
    /// <param name="Taken">The moves that Azure takes, in words.</param>
    private sealed record Move(string Member, string Key, string Taken, Func<string, string, JsonNode?, bool> IsTaken);
}
