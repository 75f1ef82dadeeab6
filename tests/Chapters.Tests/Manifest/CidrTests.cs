using FsCheck;
using FsCheck.Fluent;

namespace DssPipeline.Chapters.Tests;

public sealed class CidrTests
{
    [Theory]
    [InlineData("10.1.0.0/16", true)]
    [InlineData("0.0.0.0/0", true)]
    [InlineData("255.255.255.255/32", true)]
    [InlineData("10.1.0.1/16", false)]
    [InlineData("10.1.0.0", false)]
    [InlineData("10.1.0.0/", false)]
    [InlineData("10.1.0.0/33", false)]
    [InlineData("10.1.0.0/-1", false)]
    [InlineData("10.1.0/16", false)]
    [InlineData("10.256.0.0/16", false)]
    [InlineData("010.1.0.0/16", false)]
    [InlineData("10.1.0.0/16/1", false)]
    [InlineData("::/0", false)]
    public void Ranges_are_read_strictly(string text, bool expected) => Assert.Equal(expected, Cidr.TryParse(text, out _));

    [Theory]
    [InlineData("10.1.0.0/16", "10.1.255.0/24", true)]
    [InlineData("10.1.0.0/16", "10.2.0.0/16", false)]
    [InlineData("10.1.0.0/24", "10.1.0.0/16", true)]
    [InlineData("255.0.0.0/8", "255.255.255.255/32", true)]
    public void Overlaps_are_found_either_way_round(string left, string right, bool expected)
    {
        Assert.Equal(expected, Of(left).Overlaps(Of(right)));
        Assert.Equal(expected, Of(right).Overlaps(Of(left)));
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        var ranges = from address in Gen.Choose(0, int.MaxValue)
                     from bits in Gen.Choose(1, 32)
                     select new Cidr((uint)address - (uint)(address % (1L << (32 - bits))), bits);

        Prop.ForAll(ranges.ToArbitrary(), range => Of(range.ToString()) == range && range.Contains(range.First) && range.Contains(range.Last)).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_range_is_corrected_to_its_first_address() => Assert.Equal("203.0.113.0/24", Cidr.Corrected("203.0.113.7/24"));

    private static Cidr Of(string text)
    {
        Assert.True(Cidr.TryParse(text, out var range));
        return range;
    }
}
