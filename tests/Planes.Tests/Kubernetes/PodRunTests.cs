using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Planes.Tests;

/// <summary>Pods that run to their end, and how it is told when they do not.</summary>
public sealed class PodRunTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_pod_runs_to_its_end_and_leaves_nothing_behind()
    {
        await using var world = await ClusterWorld.StartAsync();
        await using var plane = world.Plane();

        var run = await plane.RunToEndAsync(Wish("echo hello; echo world"), Deadline, default);
        var left = await plane.ListAsync("pods", "default", default);

        Assert.True(run.Succeeded);
        Assert.Equal((0, "hello\nworld\n"), (run.ExitCode, run.Logs));
        Assert.StartsWith("aks-nodes-", run.Node, StringComparison.Ordinal);
        Assert.Contains("@sha256:", run.ImageId, StringComparison.Ordinal);
        Assert.Contains(run.Events, said => said.StartsWith("Scheduled: ", StringComparison.Ordinal));
        Assert.Null(run.Problem);
        Assert.Empty(left);
    }

    [Fact]
    public async Task A_pod_that_fails_tells_its_exit_code_and_last_words()
    {
        await using var world = await ClusterWorld.StartAsync();
        await using var plane = world.Plane();

        var run = await plane.RunToEndAsync(Wish("echo oh no; exit 7"), Deadline, default);

        Assert.Equal(("Failed", 7), (run.Phase, run.ExitCode));
        Assert.Equal("Pod failed", run.Problem!.Summary);
        Assert.Contains("oh no", run.Problem.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("acrnone.azurecr.io/team/exec:1", "Nodes do not get the image")]
    [InlineData("example.org/secret:1", "Nodes may not pull the image")]
    public async Task An_image_that_does_not_come_is_told(string image, string summary)
    {
        await using var world = await ClusterWorld.StartAsync();
        await using var plane = world.Plane(options => options with { PullPatience = TimeSpan.Zero });

        var run = await plane.RunToEndAsync(Wish("true") with { Image = image }, Deadline, default);

        Assert.Equal(summary, run.Problem!.Summary);
        Assert.Contains(image, run.Problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pod_that_no_node_takes_is_given_up_when_its_time_is_over()
    {
        await using var world = await ClusterWorld.StartAsync();
        await using var plane = world.Plane();

        var run = await plane.RunToEndAsync(Wish("true") with { Spec = new JsonObject { ["nodeSelector"] = new JsonObject { ["agentpool"] = "none" } } }, TimeSpan.FromSeconds(1), default);

        Assert.Equal(("Pending", "No node takes the pod"), (run.Phase, run.Problem!.Summary));
        Assert.Contains("a node that takes it", world.Waits.Select(wait => wait.For));
    }

    [Fact]
    public async Task A_pod_that_does_not_end_is_given_up_and_removed()
    {
        await using var world = await ClusterWorld.StartAsync();
        await using var plane = world.Plane();

        var run = await plane.RunToEndAsync(Wish("echo begun; sleep 600"), TimeSpan.FromSeconds(2), default);
        var left = await plane.ListAsync("pods", "default", default);

        Assert.Equal(("Running", "begun\n", "Pod did not end in time"), (run.Phase, run.Logs, run.Problem!.Summary));
        Assert.Empty(left);
    }

    [Fact]
    public async Task A_namespace_without_room_refuses_the_pod()
    {
        await using var world = await ClusterWorld.StartAsync();
        await using var plane = world.Plane();
        await plane.ApplyAsync(JsonNode.Parse("""{"apiVersion":"v1","kind":"ResourceQuota","metadata":{"name":"dss","namespace":"default"},"spec":{"hard":{"pods":"0"}}}""")!, default);

        var failure = await Assert.ThrowsAsync<ProblemException>(() => plane.RunToEndAsync(Wish("true"), Deadline, default));

        Assert.Equal("Quota of the namespace is used up", failure.Problems[0].Summary);
        Assert.Contains("the quota dss of its namespace allows pods=0", failure.Problems[0].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_run_takes_its_pod_along()
    {
        await using var world = await ClusterWorld.StartAsync();
        await using var plane = world.Plane();
        using var cancel = new CancellationTokenSource();

        var running = plane.RunToEndAsync(Wish("sleep 600"), Deadline, cancel.Token);
        while (!world.Waits.ToList().Exists(wait => wait.For == "its end")) await Task.Yield();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        Assert.Empty(await plane.ListAsync("pods", "default", default));
    }

    private static PodWish Wish(string script) => new() { Namespace = "default", Name = "verify", Image = "busybox", Command = ["sh", "-c", script] };
}
