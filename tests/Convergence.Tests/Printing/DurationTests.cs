namespace DssPipeline.Convergence.Tests;

public sealed class DurationTests
{
    [Theory]
    [InlineData(0, "0 ms")]
    [InlineData(0.0404, "40 ms")]
    [InlineData(0.9994, "999 ms")]
    [InlineData(0.9999, "1.0 s")]
    [InlineData(2.14, "2.1 s")]
    [InlineData(9.96, "10 s")]
    [InlineData(59.4, "59 s")]
    [InlineData(59.7, "1 min")]
    [InlineData(125, "2 min 5 s")]
    [InlineData(3599.8, "1 h")]
    [InlineData(3780, "1 h 3 min")]
    public void A_time_is_as_exact_as_a_reader_cares(double seconds, string text) => Assert.Equal(text, Duration.Text(TimeSpan.FromSeconds(seconds)));
}
