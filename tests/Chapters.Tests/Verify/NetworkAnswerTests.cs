namespace DssPipeline.Chapters.Tests;

/// <summary>What the answers of the macro test-network mean.</summary>
public sealed class NetworkAnswerTests
{
    private const string Head = "<h5>Checking connectivity to dss:11200 from pod in cluster</h5>";

    [Theory]
    [InlineData("<h5>Host dss resolved to 10.0.0.4</h5><h5>Connection successful</h5>", ProofEnding.Proven)]
    [InlineData("<div class=\"alert alert-error\">Busybox did not start in 10s</div>", ProofEnding.NotProven)]
    [InlineData("<div class=\"alert alert-error\"><div>out:</div><pre></pre><div>err:</div><pre>error: timed out waiting for the condition</pre></div>", ProofEnding.NotProven)]
    [InlineData("<div class=\"alert alert-error\">Hostname resolution of DSS node failed: server can&#39;t find dss: NXDOMAIN</div>", ProofEnding.Failed)]
    [InlineData("<div class=\"alert alert-error\"><div>err:</div><pre>nc: dss (10.0.0.4:11200): Connection timed out</pre></div>", ProofEnding.Failed)]
    public void A_pod_that_never_ran_says_nothing_of_the_network(string page, ProofEnding ending) =>
        Assert.Equal(ending, new NetworkAnswer($"<div>{Head}{page}</div>").Ending);

    [Fact]
    public void Its_words_are_told_without_tags() =>
        Assert.Equal("Checking connectivity to dss:11200 from pod in cluster It's so", new NetworkAnswer($"<div>{Head}\n<pre>It&#39;s so</pre></div>").Words);
}
