using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox.Tests.Dss;

/// <summary>The macros of the AKS plugin, and kubectl through DSS.</summary>
public sealed class MacroTests
{
    [Fact]
    public async Task Pools_are_added_resized_and_deleted()
    {
        await using var world = await RunningAsync();

        var added = await RunAsync(world, "add-node-pool", new JsonObject { ["clusterId"] = "aks1", ["nodePoolId"] = "spark", ["nodePoolConfig"] = AksWorld.Inline(AksWorld.Pool("User")) });
        var resized = await RunAsync(world, "resize-node-pool", Resize("spark", 5));
        var scaled = await RunAsync(world, "resize-node-pool", Resize("nodepool0", 3, scaling: true));
        var seen = await RunAsync(world, "inspect-node-pools", new JsonObject { ["clusterId"] = "aks1" });
        var deleted = await RunAsync(world, "resize-node-pool", Resize("spark", 0));
        var last = await RunAsync(world, "resize-node-pool", Resize("", 0));

        Assert.Contains("\"name\": \"spark\"", added, StringComparison.Ordinal);
        Assert.Contains("\"count\": 5", resized, StringComparison.Ordinal);
        Assert.Contains("\"enable_auto_scaling\": true", scaled, StringComparison.Ordinal);
        Assert.StartsWith("<pre class=\"debug\">[", seen, StringComparison.Ordinal);
        Assert.Contains("Node pool spark deleted", deleted, StringComparison.Ordinal);
        Assert.Contains("a cluster needs at least one running node pool", last, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_is_stored_with_the_run()
    {
        await using var world = await RunningAsync();
        await RunAsync(world, "add-node-pool", new JsonObject { ["clusterId"] = "aks1", ["nodePoolId"] = "spark", ["nodePoolConfig"] = AksWorld.Inline(AksWorld.Pool("User")) });

        Assert.Contains("Node pool 'spark' already exists", await RunAsync(world, "add-node-pool", new JsonObject { ["clusterId"] = "aks1", ["nodePoolId"] = "spark", ["nodePoolConfig"] = AksWorld.Inline(AksWorld.Pool("User")) }), StringComparison.Ordinal);
        Assert.Contains("Cluster has 2 node pools, you need to specify the node pool id", await RunAsync(world, "resize-node-pool", Resize("", 2)), StringComparison.Ordinal);
        Assert.Contains("Unable to find node pool 'none'", await RunAsync(world, "resize-node-pool", Resize("none", 2)), StringComparison.Ordinal);
        Assert.Contains("'maxNumNodes'", await RunAsync(world, "resize-node-pool", new JsonObject { ["clusterId"] = "aks1", ["nodePoolId"] = "spark", ["autoScaling"] = true, ["minNumNodes"] = 1, ["numNodes"] = 1 }), StringComparison.Ordinal);
        Assert.Contains("DSS cluster other doesn't exist", await RunAsync(world, "inspect-node-pools", new JsonObject { ["clusterId"] = "other" }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_result_is_fetched_once_and_types_are_listed()
    {
        await using var world = await RunningAsync();
        const string Macro = "projects/OPS/runnables/pyrunnable_aks-clusters_inspect-node-pools";

        var list = await world.Dss.MustAsync("GET", "projects/OPS/runnables/");
        var run = (string)(await world.Dss.MustAsync("POST", $"{Macro}?wait=True", new { @params = new { clusterId = "aks1" }, adminParams = new { } }))["runId"]!;
        await world.Dss.TextAsync($"{Macro}/result/{run}");
        var again = await world.Dss.AskAsync("GET", $"{Macro}/result/{run}");

        Assert.Equal(4, list.AsArray().Count(macro => (string?)macro!["ownerPluginId"] == "aks-clusters"));
        Assert.Equal(404, again.Status);
    }

    [Fact]
    public async Task Kubectl_is_run_with_the_kubeconfig_of_the_cluster()
    {
        using var folder = new TemporaryFolder();
        var program = Path.Combine(folder.Path, "kubectl");
        await File.WriteAllTextAsync(program, "#!/bin/sh\nfor word; do echo \"[$word]\"; done\necho oops >&2\nexit 3\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await using var world = await RunningAsync(program);

        var ran = await world.Dss.MustAsync("POST", "admin/clusters/aks1/k8s/actions/run-kubectl", new { args = "get pods -l 'a in (b, c)' -o json" });

        Assert.Equal(3, (int)ran["returnValue"]!);
        Assert.StartsWith($"[--kubeconfig]\n[{world.Dss.Folder}/clusters/aks1/exec/kube_config]\n[get]\n[pods]\n[-l]\n[a in (b, c)]\n[-o]\n[json]", (string?)ran["output"], StringComparison.Ordinal);
    }

    private static JsonObject Resize(string pool, int nodes, bool scaling = false) => new() { ["clusterId"] = "aks1", ["nodePoolId"] = pool, ["autoScaling"] = scaling, ["minNumNodes"] = 1, ["maxNumNodes"] = 4, ["numNodes"] = nodes };

    private static async Task<AksWorld> RunningAsync(string? kubectl = null)
    {
        var world = await AksWorld.StartAsync(kubectl: kubectl);
        await world.CreateAsync();
        var (status, body) = await world.BeginAsync();
        Assert.True(status == 200, body?.ToJsonString());
        return world;
    }

    // The result, or the error that was stored.
    private static async Task<string> RunAsync(AksWorld world, string macro, JsonObject parameters)
    {
        var path = $"projects/OPS/runnables/pyrunnable_aks-clusters_{macro}";
        var run = (string)(await world.Dss.MustAsync("POST", $"{path}?wait=True", new JsonObject { ["params"] = parameters, ["adminParams"] = new JsonObject() }))["runId"]!;
        var state = await world.Dss.MustAsync("GET", $"{path}/state/{run}");
        return (string?)state["storedError"]?["message"] ?? await world.Dss.TextAsync($"{path}/result/{run}");
    }
}
