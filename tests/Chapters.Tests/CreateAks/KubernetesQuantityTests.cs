namespace DssPipeline.Chapters.Tests;

public sealed class KubernetesQuantityTests
{
    [Theory]
    [InlineData("20", "20")]
    [InlineData("500m", "0.5")]
    [InlineData("1Gi", "1073741824")]
    [InlineData("1024Mi", "1073741824")]
    [InlineData("1k", "1000")]
    [InlineData("1.5", "1.5")]
    [InlineData("many", null)]
    [InlineData("", null)]
    public void An_amount_is_the_same_in_every_spelling(string text, string? amount) =>
        Assert.Equal(amount, KubernetesQuantity.Read(text)?.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture));
}
