namespace DssPipeline.Sandbox.Tests;

/// <summary>Nodes follow the agent pools of Resource Manager, seen by the real kubectl.</summary>
public sealed class NodeTests
{
    private const string Pool = $"{KubernetesWorld.Cluster}/agentPools/spark";

    [Fact]
    public async Task Every_node_of_every_pool_is_ready_and_says_what_it_is()
    {
        await using var world = await KubernetesWorld.StartAsync();
        await world.MakeAsync(Pool, """{"properties":{"mode":"User","count":1,"vmSize":"Standard_E16s_v5","maxPods":60,"nodeLabels":{"team":"spark"},"nodeTaints":["dedicated=spark:NoSchedule"],"scaleSetPriority":"Spot"}}""");

        var nodes = (await world.JsonAsync("get nodes"))["items"]!.AsArray();
        var spark = nodes.Single(node => (string?)node!["metadata"]!["labels"]!["agentpool"] == "spark")!;

        Assert.Equal(4, nodes.Count);
        Assert.All(nodes, node => Assert.Equal("True", (string?)node!["status"]!["conditions"]!.AsArray().Single(one => (string?)one!["type"] == "Ready")!["status"]));
        Assert.Matches("^aks-spark-[0-9]{8}-vmss000000$", (string?)spark["metadata"]!["name"]);
        Assert.Equal("spark", (string?)spark["metadata"]!["labels"]!["team"]);
        Assert.Equal("user", (string?)spark["metadata"]!["labels"]!["kubernetes.azure.com/mode"]);
        Assert.Equal(["dedicated", "kubernetes.azure.com/scalesetpriority"], spark["spec"]!["taints"]!.AsArray().Select(taint => (string?)taint!["key"]));
        Assert.Equal("16", (string?)spark["status"]!["capacity"]!["cpu"]);
        Assert.Equal("60", (string?)spark["status"]!["allocatable"]!["pods"]);
        Assert.StartsWith("v1.33.", (string?)spark["status"]!["nodeInfo"]!["kubeletVersion"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nodes_come_and_go_with_the_size_of_their_pool()
    {
        await using var world = await KubernetesWorld.StartAsync();
        await world.MakeAsync(Pool, """{"properties":{"mode":"User","count":2,"vmSize":"Standard_D4s_v5"}}""");
        var two = await world.SaidAsync("get nodes -l agentpool=spark -o name");
        await world.MakeAsync(Pool, """{"properties":{"mode":"User","count":3,"vmSize":"Standard_D4s_v5"}}""");
        var three = await world.SaidAsync("get nodes -l agentpool=spark -o name");
        await world.DoAsync(HttpMethod.Delete, Pool);
        var none = await world.SaidAsync("get nodes -l agentpool=spark -o name");

        Assert.Equal(2, two.Count('\n'));
        Assert.StartsWith(two, three, StringComparison.Ordinal);
        Assert.Equal(3, three.Count('\n'));
        Assert.Empty(none);
    }

    [Fact]
    public async Task A_stopped_cluster_has_no_api_server_and_a_started_one_has_its_nodes()
    {
        await using var world = await KubernetesWorld.StartAsync();
        await world.DoAsync(HttpMethod.Post, $"{KubernetesWorld.Cluster}/stop");
        var (code, _, errors) = await world.KubectlAsync("version --request-timeout=1s");
        await world.DoAsync(HttpMethod.Post, $"{KubernetesWorld.Cluster}/start");
        var nodes = await world.SaidAsync("get nodes");

        Assert.Equal(1, code);
        Assert.Matches("reset by peer|EOF", errors);
        Assert.Equal(3, nodes.Split("Ready").Length - 1);
    }
}
