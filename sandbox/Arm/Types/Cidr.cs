using System.Net;

namespace DssPipeline.Sandbox;

/// <summary>Address ranges as Azure reads them.</summary>
internal static class Cidr
{
    public static IPNetwork Parse(string text, string owner)
    {
        if (IPNetwork.TryParse(text, out var network) && network.BaseAddress.ToString() == text.Split('/')[0]) return network;
        throw new ArmError(400, "InvalidCIDRNotation", $"The address prefix {text} in resource {owner} has an invalid CIDR notation. The host bits of an address prefix must be zero.");
    }

    public static bool Contains(IPNetwork outer, IPNetwork inner) => outer.PrefixLength <= inner.PrefixLength && outer.Contains(inner.BaseAddress);

    public static bool Overlap(IPNetwork one, IPNetwork other) => one.Contains(other.BaseAddress) || other.Contains(one.BaseAddress);

    /// <summary>The addresses a subnet can give away: Azure keeps the first four and the last.</summary>
    public static IEnumerable<string> Usable(IPNetwork network)
    {
        var first = network.BaseAddress.GetAddressBytes();
        if (first.Length != 4) yield break;
        var start = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(first);
        var size = 1UL << (32 - network.PrefixLength);
        for (ulong offset = 4; offset + 1 < size; offset++)
        {
            var bytes = new byte[4];
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)(start + offset));
            yield return new IPAddress(bytes).ToString();
        }
    }
}
