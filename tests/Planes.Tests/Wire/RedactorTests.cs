using DssPipeline.Convergence;

namespace DssPipeline.Planes.Tests;

public sealed class RedactorTests
{
    [Theory]
    [InlineData("p@ss w\"rd", "the p@ss w\"rd is out")]
    [InlineData("p@ss w\"rd", "?x=p%40ss%20w%22rd")]
    [InlineData("p@ss w\"rd", "{\"a\":\"p@ss w\\\"rd\"}")]
    [InlineData("p@ss w\"rd", "Basic cEBzcyB3InJk")]
    public void A_secret_is_masked_in_every_spelling(string secret, string text)
    {
        var redactor = new Redactor();
        redactor.Add(new Secret(secret));

        var clean = redactor.Clean(text);

        Assert.Contains("(secret)", clean, StringComparison.Ordinal);
        Assert.DoesNotContain("ss", clean, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Authorization: Bearer abc.def-ghi_123", "Authorization: Bearer (secret)")]
    [InlineData("eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln", "(secret)")]
    [InlineData("https://a/b?t=1&sig=Zm9vYmFyYmF6&x=2", "https://a/b?t=1&sig=(secret)&x=2")]
    public void Tokens_and_signatures_are_masked_without_being_known(string text, string clean) =>
        Assert.Equal(clean, new Redactor().Clean(text));

    [Fact]
    public void A_secret_within_a_secret_leaves_nothing_behind()
    {
        var redactor = new Redactor();
        redactor.Add(new Secret("alpha"));
        redactor.Add(new Secret("alphabet"));

        Assert.Equal("(secret)", redactor.Clean("alphabet"));
    }

    [Fact]
    public void A_line_of_a_secret_is_masked_as_well()
    {
        var redactor = new Redactor();
        redactor.Add(new Secret("-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0B\r\nAQEFAASCBKcwggSjAgEAAoIB\n-----END PRIVATE KEY-----\n"));

        Assert.Equal("-----BEGIN PRIVATE KEY----- (secret) and (secret)", redactor.Clean("-----BEGIN PRIVATE KEY----- MIIEvQIBADANBgkqhkiG9w0B and AQEFAASCBKcwggSjAgEAAoIB"));
    }

    [Fact]
    public void Plain_words_stay() =>
        Assert.Equal("Nothing to hide: a=b&code=1", new Redactor().Clean("Nothing to hide: a=b&code=1"));
}
