namespace DssPipeline.Chapters;

/// <summary>Whether the ranges of the virtual network and its subnets fit into each other.</summary>
internal static class AddressChecks
{
    // Azure's smallest subnet is a /29: eight addresses, of which it keeps five.
    private const int SmallestSubnet = 29;

    private static readonly (string Range, string Why)[] Never =
    [
        ("127.0.0.0/8", "loopback"), ("169.254.0.0/16", "link-local, used by Azure's metadata service"), ("168.63.129.16/32", "Azure's own DNS and health probes"), ("224.0.0.0/4", "multicast"),
    ];

    public static IReadOnlyList<Check> All { get; } =
    [
        new(["/network/addressSpace"], Space),
        new(["/network"], Subnets),
        new(["/network"], Disjoint),
        new(["/network/allowedSources"], Sources),
    ];

    /// <summary>The subnets that are made, with the keys that describe them.</summary>
    public static IEnumerable<(string Key, SubnetSection Subnet)> Made(Manifest manifest)
    {
        var subnets = manifest.Network.Subnets;
        if (manifest.Network.Existing is not null) return [];
        return manifest.IsPublic
            ? [("dss", subnets.Dss), ("aks", subnets.Aks)]
            : [("dss", subnets.Dss), ("aks", subnets.Aks), ("endpoints", subnets.Endpoints)];
    }

    public static Cidr Range(string? text) => Cidr.TryParse(text ?? "", out var range) ? range : default;

    private static IEnumerable<Mismatch> Space(Manifest manifest)
    {
        var ranges = manifest.Network.AddressSpace;
        for (var index = 0; index < ranges.Count; index++)
        {
            var range = Range(ranges[index]);
            foreach (var (never, why) in Never.Where(never => Range(never.Range).Overlaps(range)))
            {
                yield return new($"/network/addressSpace/{index}", Summaries.Addresses, $"network.addressSpace has {range}, which overlaps {never} ({why}). Azure refuses it: choose a private range such as 10.1.0.0/16.");
            }

            foreach (var other in ranges.Take(index).Select(Range).Where(range.Overlaps))
            {
                yield return new($"/network/addressSpace/{index}", Summaries.Addresses, $"network.addressSpace has {range} and {other}, which overlap. State each address once.");
            }
        }
    }

    private static IEnumerable<Mismatch> Subnets(Manifest manifest)
    {
        var space = manifest.Network.AddressSpace.Select(Range).ToList();
        foreach (var (key, subnet) in Made(manifest))
        {
            var (pointer, range) = ($"/network/subnets/{key}/prefix", Range(subnet.Prefix));
            if (!space.Any(whole => whole.Contains(range)))
            {
                yield return new(pointer, Summaries.Addresses, $"network.subnets.{key}.prefix is {range}, outside of the address space {string.Join(", ", space)}. Choose a range inside it, or widen network.addressSpace.");
            }

            if (range.Bits > SmallestSubnet)
            {
                yield return new(pointer, Summaries.Addresses, $"network.subnets.{key}.prefix is {range}, and Azure's smallest subnet is a /{SmallestSubnet}. Choose a larger range.");
            }
        }
    }

    private static IEnumerable<Mismatch> Disjoint(Manifest manifest)
    {
        var subnets = Made(manifest).ToList();
        for (var index = 1; index < subnets.Count; index++)
        {
            foreach (var (key, other) in subnets.Take(index).Where(other => Range(other.Subnet.Prefix).Overlaps(Range(subnets[index].Subnet.Prefix))))
            {
                yield return new($"/network/subnets/{subnets[index].Key}/prefix", Summaries.Addresses, $"network.subnets.{subnets[index].Key}.prefix {subnets[index].Subnet.Prefix} overlaps network.subnets.{key}.prefix {other.Prefix}. Subnets of one network have no address in common: change one of them.");
            }
        }
    }

    private static IEnumerable<Mismatch> Sources(Manifest manifest) =>
        manifest.Network.AllowedSources.Index().Where(source => Range(source.Item).Bits == 0).Select(source =>
            new Mismatch($"/network/allowedSources/{source.Index}", Summaries.Addresses, "network.allowedSources has 0.0.0.0/0, the whole internet. DSS and ssh would be found by everybody within minutes: list the ranges your people come from."));
}
