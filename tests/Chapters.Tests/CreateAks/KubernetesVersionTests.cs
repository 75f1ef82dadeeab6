namespace DssPipeline.Chapters.Tests;

public sealed class KubernetesVersionTests
{
    [Theory]
    [InlineData("1.33", "1.33")]
    [InlineData("1.33.4", "1.33.4")]
    [InlineData("1.9", "1.9")]
    [InlineData("latest", null)]
    [InlineData("1", null)]
    [InlineData("1.33.4.5", null)]
    [InlineData("v1.33", null)]
    [InlineData("1.-3", null)]
    [InlineData("1.33.", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Minors_and_patches_are_read_and_nothing_else(string? text, string? expected)
    {
        var version = KubernetesVersion.Parse(text);

        Assert.Equal(expected, version?.ToString());
    }

    [Theory]
    [InlineData("1.33", "1.34", -1)]
    [InlineData("1.33", "1.9", 1)]
    [InlineData("1.33.4", "1.33.10", -1)]
    [InlineData("1.33.4", "1.33", 0)]
    [InlineData("1.33", "1.33.4", 0)]
    [InlineData("1.33.9", "1.34", -1)]
    [InlineData("2.0", "1.99", 1)]
    public void A_minor_stands_for_all_of_its_patches(string left, string right, int expected)
    {
        var compared = KubernetesVersion.Parse(left)!.CompareTo(KubernetesVersion.Parse(right));

        Assert.Equal(expected, Math.Sign(compared));
    }

    [Theory]
    [InlineData("1.31.4", "1.33", "1.32 1.33")]
    [InlineData("1.31.4", "1.33.2", "1.32 1.33.2")]
    [InlineData("1.32.9", "1.33", "1.33")]
    [InlineData("1.33.2", "1.33.7", "1.33.7")]
    [InlineData("1.33.7", "1.33", "")]
    [InlineData("1.33.7", "1.33.2", "")]
    [InlineData("1.34", "1.33", "")]
    [InlineData("1.29", "1.33", "1.30 1.31 1.32 1.33")]
    public void Upgrades_go_one_minor_at_a_time_and_never_down(string from, string to, string expected)
    {
        var steps = KubernetesVersion.Parse(from)!.StepsTo(KubernetesVersion.Parse(to)!);

        Assert.Equal(expected, string.Join(' ', steps));
    }
}
