namespace DssPipeline.Sandbox.Tests;

public sealed class LatencyTests
{
    [Theory]
    [InlineData("none")]
    [InlineData("100ms")]
    [InlineData("2s")]
    [InlineData("real")]
    [InlineData("real/60")]
    [InlineData("real/0.5")]
    public void Every_form_is_written_as_it_was_read(string text)
    {
        var latency = Latency.Parse(text);

        Assert.Equal(text, latency.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("fast")]
    [InlineData("100")]
    [InlineData("-5ms")]
    [InlineData("2 days")]
    [InlineData("real/0")]
    [InlineData("real/x")]
    public void What_is_no_latency_is_told_with_what_would_be(string text)
    {
        var problem = Assert.Throws<FormatException>(() => Latency.Parse(text));

        Assert.Equal($"'{text}' is no latency. Write none, a time per request such as 100ms or 2s, real, or real/60.", problem.Message);
    }

    [Fact]
    public void Real_times_keep_their_proportions_when_divided()
    {
        const string Cluster = "/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerService/managedClusters/c";

        Assert.Equal(TimeSpan.FromSeconds(7), Latency.Real().Of(Endpoint.Arm, "PUT", Cluster));
        Assert.Equal(TimeSpan.FromSeconds(7) / 60, Latency.Real(60).Of(Endpoint.Arm, "PUT", Cluster));
        Assert.Equal(TimeSpan.FromSeconds(2.4), Latency.Real().Of(Endpoint.Arm, "PUT", "/subscriptions/s/resourceGroups/g"));
        Assert.Equal(1d / 60, Latency.Real(60).OperationScale);
        Assert.Equal(0, Latency.Fixed(TimeSpan.FromSeconds(1)).OperationScale);
    }

    [Fact]
    public async Task Requests_side_by_side_wait_side_by_side()
    {
        var clock = new ManualClock();
        await using var sandbox = await SandboxClient.StartAsync(options => options with { Clock = clock, Latency = Latency.Fixed(TimeSpan.FromMilliseconds(100)) });

        var answers = Enumerable.Range(0, 5).Select(_ => sandbox.SendAsync(HttpMethod.Get, sandbox.Group("rg"), token: null)).ToList();
        await clock.WaitedForAsync(5);
        clock.Advance(TimeSpan.FromMilliseconds(100));
        await Task.WhenAll(answers);

        var requests = sandbox.Server.Requests;
        Assert.Equal(5, RequestLog.Width(requests));
        Assert.All(requests, request => Assert.Equal(100, request.Milliseconds));
    }
}
