using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters.Tests;

/// <summary>What the nodes of a cluster are compared with. A kubectl that only tells what it is given shows nodes that no sandbox has.</summary>
public sealed class ReadyNodesTests : IDisposable
{
    private const string Kubeconfig = """
        apiVersion: v1
        kind: Config
        current-context: c
        clusters: [{name: c, cluster: {server: "https://127.0.0.1:1"}}]
        contexts: [{name: c, context: {cluster: c, user: u}}]
        users: [{name: u, user: {token: nothing-real}}]
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("nodes-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task All_there_and_ready_is_as_wished()
    {
        Assert.Empty(await DifferencesAsync("nodes: 2", ("nodes", true), ("nodes", true)));
    }

    [Fact]
    public async Task One_that_is_not_ready_is_named_with_its_trouble()
    {
        var differences = await DifferencesAsync("nodes: 2", ("nodes", true), ("nodes", false));

        Assert.Equal(["/pools/nodes: 1 ready, node-1 KubeletNotReady → 2 ready"], differences);
    }

    [Fact]
    public async Task One_that_is_missing_and_one_too_many_are_seen()
    {
        Assert.Equal(["/pools/nodes: 1 ready → 2 ready"], await DifferencesAsync("nodes: 2", ("nodes", true), ("other", true)));
        Assert.Equal(["/pools/nodes: 3 ready → 2 ready"], await DifferencesAsync("nodes: 2", ("nodes", true), ("nodes", true), ("nodes", true)));
    }

    [Fact]
    public async Task Under_autoscaling_any_number_between_the_bounds_is_as_wished()
    {
        const string Wish = "nodes: 1, autoscaling: {min: 1, max: 2}";

        Assert.Empty(await DifferencesAsync(Wish, ("nodes", true)));
        Assert.Empty(await DifferencesAsync(Wish, ("nodes", true), ("nodes", true)));
        Assert.Equal(["/pools/nodes: 0 ready → 1 to 2 ready"], await DifferencesAsync(Wish));
    }

    private async Task<IReadOnlyList<string>> DifferencesAsync(string pool, params (string Pool, bool IsReady)[] nodes)
    {
        var manifest = Examples.Read("minimal", $"aks.nodePools=[{{name: nodes, {pool}}}]", "aks.clusters=[{name: aks-demo, managedBy: azure}]");
        await using var cluster = new Kubernetes(new() { Cluster = "aks-demo", Kubeconfig = _ => Task.FromResult<Secret?>(new(Kubeconfig)), Program = await TellingAsync(nodes) }, TimeProvider.System);
        await using var world = await ArmWorld.StartAsync();
        var resource = new ReadyNodes(world.ArmFor(manifest), cluster, manifest, manifest.Aks.Clusters[0]) { Host = default };

        var observed = await resource.ObserveAsync(default);

        return [.. resource.Comparison.Differences(resource.Desired, observed!).Select(difference => $"{difference.Path}: {difference.Before} → {difference.After}")];
    }

    private async Task<string> TellingAsync((string Pool, bool IsReady)[] nodes)
    {
        var list = new JsonObject { ["items"] = new JsonArray([.. nodes.Select((node, index) => Node($"node-{index}", node.Pool, node.IsReady))]) };
        await File.WriteAllTextAsync(Path.Combine(folder, "nodes.json"), list.ToJsonString());
        var program = Path.Combine(folder, "kubectl");
        await File.WriteAllTextAsync(program, $"#!/bin/sh\ncat '{folder}/nodes.json'\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return program;
    }

    private static JsonNode Node(string name, string pool, bool isReady) => JsonNode.Parse(
        $$$"""{"metadata":{"name":"{{{name}}}","labels":{"agentpool":"{{{pool}}}"}},"status":{"conditions":[{"type":"Ready","status":"{{{isReady}}}","reason":"{{{(isReady ? "KubeletReady" : "KubeletNotReady")}}}"}],"nodeInfo":{"kubeletVersion":"v1.33.1"} } }""")!;
}
