using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Planes.Tests;

/// <summary>The plane, with the real kubectl, against the sandbox's API server.</summary>
public sealed class KubernetesTests
{
    private static readonly JsonNode Team = JsonNode.Parse("""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"team","labels":{"a":"1"}}}""")!;
    private static readonly KubernetesName Name = new("namespaces", null, "team");

    [Fact]
    public async Task An_object_is_applied_read_changed_and_deleted()
    {
        await using var world = await ClusterWorld.StartAsync();
        await using var plane = world.Plane();

        var before = await plane.GetAsync(Name, default);
        await plane.ApplyAsync(Team, default);
        var made = await plane.GetAsync(Name, default);
        await plane.ApplyAsync(JsonNode.Parse("""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"team","labels":{"b":"2"}}}""")!, default);
        var changed = await plane.GetAsync(Name, default);
        await plane.DeleteAsync(Name, default);
        await plane.DeleteAsync(Name, default);
        var all = await plane.ListAsync("namespaces", null, default);

        Assert.Null(before);
        Assert.Equal("1", $"{made!["metadata"]!["labels"]!["a"]}");
        Assert.Null(changed!["metadata"]!["labels"]!["a"]);
        Assert.Equal("2", $"{changed["metadata"]!["labels"]!["b"]}");
        Assert.DoesNotContain(all, item => $"{item["metadata"]!["name"]}" == "team");
    }

    [Fact]
    public async Task Nodes_are_told_with_their_pool()
    {
        await using var world = await ClusterWorld.StartAsync();
        await using var plane = world.Plane();

        var nodes = await plane.NodesAsync(default);

        Assert.Equal(2, nodes.Count);
        Assert.All(nodes, node => Assert.True(node is { IsReady: true, Pool: "nodes", Trouble: null } && node.Version.StartsWith("1.33.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_cluster_that_is_not_there_has_nothing_in_it()
    {
        await using var plane = new Kubernetes(new() { Cluster = "aks", Kubeconfig = _ => Task.FromResult<Secret?>(null) }, TimeProvider.System);

        var failure = await Assert.ThrowsAsync<ProblemException>(() => plane.ApplyAsync(Team, default));

        Assert.Null(await plane.GetAsync(Name, default));
        Assert.Empty(await plane.NodesAsync(default));
        Assert.Equal("Cluster does not run", failure.Problems[0].Summary);
    }

    [Theory]
    [InlineData("503@GET */namespaces/* times=2 on=kubernetes")]
    [InlineData("429@GET */namespaces/* times=2 retry-after=0 on=kubernetes")]
    [InlineData("drop-before@GET */namespaces/* times=1 on=kubernetes")]
    [InlineData("401@GET */namespaces/* times=1 on=kubernetes")]
    public async Task What_passes_is_outlived(string fault)
    {
        await using var world = await ClusterWorld.StartAsync();
        await using var plane = world.Plane();
        await plane.ApplyAsync(Team, default);
        world.Sandbox.Faults.Add(fault);

        Assert.NotNull(await plane.GetAsync(Name, default));
        Assert.True(world.Sandbox.Faults.Hits(world.Sandbox.Faults.Rules[0]) > 0);
    }

    [Theory]
    [InlineData("403@GET */namespaces/* on=kubernetes", "Not allowed in the cluster")]
    [InlineData("401@GET */namespaces/* on=kubernetes", "Cluster does not know who asks")]
    [InlineData("503@GET */namespaces/* on=kubernetes", "API server is overloaded")]
    public async Task What_stays_is_told(string fault, string summary)
    {
        await using var world = await ClusterWorld.StartAsync();
        await using var plane = world.Plane(options => options with { Retry = options.Retry with { Attempts = 2 } });
        world.Sandbox.Faults.Add(fault);

        var failure = await Assert.ThrowsAsync<ProblemException>(() => plane.GetAsync(Name, default));

        Assert.Equal(summary, failure.Problems[0].Summary);
    }

    [Fact]
    public async Task A_missing_kubectl_is_told_with_how_to_install_it()
    {
        await using var world = await ClusterWorld.StartAsync();
        await using var plane = world.Plane(options => options with { Program = "kubectl-that-is-not-there" });

        var failure = await Assert.ThrowsAsync<ProblemException>(() => plane.GetAsync(Name, default));

        Assert.Equal("No kubectl on this machine", failure.Problems[0].Summary);
        Assert.Equal("az aks install-cli", failure.Problems[0].Command);
    }

    [Theory]
    [InlineData("--all")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("-o=yaml")]
    [InlineData("")]
    public void No_name_can_become_an_option(string word) => Assert.Throws<ArgumentException>(() => new KubernetesName("pods", word, "x"));
}
