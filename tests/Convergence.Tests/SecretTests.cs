namespace DssPipeline.Convergence.Tests;

public sealed class SecretTests
{
    [Fact]
    public void It_is_shown_nowhere()
    {
        var secret = new Secret("hunter2");

        Assert.Equal("(secret) {\"password\":{}}", $"{secret} {Json.Of(new { password = secret }).ToJsonString()}");
    }

    [Fact]
    public void Its_fingerprint_tells_a_change_and_depends_on_the_key()
    {
        var prints = new[] { new Secret("a").Fingerprint("k"), new Secret("b").Fingerprint("k"), new Secret("a").Fingerprint("l") };

        Assert.Equal(3, prints.Distinct().Count());
        Assert.All(prints, print => Assert.Matches("^[0-9a-f]{32}$", print));
        Assert.Equal(prints[0], new Secret("a").Fingerprint("k"));
    }
}
