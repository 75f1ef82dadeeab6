using System.Net;
using System.Runtime.InteropServices;

namespace DssPipeline.Chapters;

/// <summary>A range of IPv4 addresses.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Cidr(uint First, int Bits)
{
    public uint Last => First + (uint)(Size - 1);

    /// <summary>How many addresses are in it.</summary>
    public long Size => 1L << (32 - Bits);

    /// <summary>Reads <c>10.1.0.0/16</c>; false when it is none, or when the address is not the first of its range.</summary>
    public static bool TryParse(string text, out Cidr range)
    {
        range = default;
        var parts = text.Split('/');
        if (parts is not [var address, var bits] || !int.TryParse(bits, out var length) || length is < 0 or > 32) return false;
        if (!TryParseAddress(address, out var first)) return false;

        range = new(first, length);
        return length == 0 ? first == 0 : first % range.Size == 0;
    }

    /// <summary>Reads <c>10.0.0.10</c>: four decimal numbers, none with a leading zero.</summary>
    public static bool TryParseAddress(string text, out uint address)
    {
        address = 0;
        var numbers = text.Split('.');
        if (numbers.Length != 4) return false;

        foreach (var number in numbers)
        {
            if (!byte.TryParse(number, out var value) || value.ToString() != number) return false;
            address = (address << 8) | value;
        }

        return true;
    }

    /// <summary>The range of that size the address lies in, however it was written.</summary>
    public static string Corrected(string text)
    {
        var parts = text.Split('/');
        if (parts is not [var address, var bits] || !TryParseAddress(address, out var first) || !int.TryParse(bits, out var length) || length is < 1 or > 32) return "";
        return new Cidr(first - (uint)(first % (1L << (32 - length))), length).ToString();
    }

    public bool Contains(uint address) => address >= First && address <= Last;

    public bool Contains(Cidr other) => Contains(other.First) && Contains(other.Last);

    public bool Overlaps(Cidr other) => First <= other.Last && other.First <= Last;

    public override string ToString() => $"{new IPAddress([(byte)(First >> 24), (byte)(First >> 16), (byte)(First >> 8), (byte)First])}/{Bits}";
}
