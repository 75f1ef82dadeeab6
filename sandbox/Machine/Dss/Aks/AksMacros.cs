using System.Text.Json;
using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>The macros of the AKS plugin; each answers with a piece of HTML.</summary>
internal sealed class AksMacros(DssInstance dss)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public Task<string> RunAsync(string macro, JsonObject parameters, CancellationToken cancel) => macro switch
    {
        "add-node-pool" => AddAsync(parameters, cancel),
        "resize-node-pool" => ResizeAsync(parameters, cancel),
        "inspect-node-pools" => InspectAsync(parameters, cancel),
        "test-network" => TestNetworkAsync(parameters, cancel),
        _ => throw PythonError.Plain($"Unknown macro {macro}"),
    };

    private async Task<string> InspectAsync(JsonObject parameters, CancellationToken cancel)
    {
        using var cluster = Open(parameters);
        var found = PythonModel.FromArm(await cluster.Plugin.Arm.GetAsync(cluster.Id, AksPlugin.ClusterVersion, cancel));
        return Pre(found["agent_pool_profiles"]!);
    }

    private async Task<string> AddAsync(JsonObject parameters, CancellationToken cancel)
    {
        using var cluster = Open(parameters);
        var host = await cluster.Plugin.HostAsync(cancel);
        var pools = await PoolsAsync(cluster, cancel);
        var names = pools.Select(pool => (string)pool["name"]!).ToHashSet(StringComparer.Ordinal);
        var name = (string?)parameters["nodePoolId"] is { Length: > 0 } asked ? asked : Enumerable.Range(0, 1000).Select(number => $"nodepool{number}").First(free => !names.Contains(free));
        if (names.Contains(name)) throw PythonError.Plain($"Node pool '{name}' already exists");

        var wish = dss.Clusters.Resolve(parameters["nodePoolConfig"], AksPlugin.Id, "node-pool-request") as JsonObject ?? [];
        var words = cluster.Id.Split('/');
        var subnet = await cluster.Plugin.SubnetAsync(wish, host, words[2], words[4], cancel);
        var networks = pools.Select(pool => Dotted.Text(pool, "properties.vnetSubnetID")).OfType<string>().Select(NetworkOf).ToList();
        if (networks.Count > 0 && !networks.Contains(NetworkOf(subnet), StringComparer.Ordinal)) throw PythonError.Plain($"Node pools must all share the same vnet. Current node pools configuration yields vnets {string.Join(',', networks.Append(NetworkOf(subnet)).Distinct(StringComparer.Ordinal))}.");

        var body = PythonModel.OfPool(AksPool.Build(wish, subnet, cluster.Config["tags"] as JsonObject));
        return Pre(PythonModel.FromArm(await cluster.Plugin.Arm.PutAsync($"{cluster.Id}/agentPools/{name}", AksPlugin.ClusterVersion, body, cancel)));
    }

    private async Task<string> ResizeAsync(JsonObject parameters, CancellationToken cancel)
    {
        using var cluster = Open(parameters);
        var pools = await PoolsAsync(cluster, cancel);
        var asked = (string?)parameters["nodePoolId"] ?? "";
        if (asked.Length == 0 && pools.Count > 1) throw PythonError.Plain($"Cluster has {pools.Count} node pools, you need to specify the node pool id");
        var pool = asked.Length == 0 ? pools.SingleOrDefault() : pools.FirstOrDefault(pool => (string?)pool["name"] == asked);
        if (pool is null) throw PythonError.Plain($"Unable to find node pool '{asked}'");

        var (name, properties) = ((string)pool["name"]!, (JsonObject)pool["properties"]!);
        if ((bool)Need(parameters, "autoScaling"))
        {
            Scale(properties, parameters);
        }
        else if ((int)Need(parameters, "numNodes") is 0)
        {
            if (pools.Count == 1) throw PythonError.Plain("Can't delete node pool, a cluster needs at least one running node pool");
            await cluster.Plugin.Arm.DeleteAsync($"{cluster.Id}/agentPools/{name}", AksPlugin.ClusterVersion, cancel);
            return $"<pre class=\"debug\">Node pool {name} deleted</pre>";
        }
        else
        {
            properties["count"] = (int)Need(parameters, "numNodes");
        }

        foreach (var told in (string[])["provisioningState", "powerState", "nodeImageVersion", "currentOrchestratorVersion", "eTag"]) properties.Remove(told);
        return Pre(PythonModel.FromArm(await cluster.Plugin.Arm.PutAsync($"{cluster.Id}/agentPools/{name}", AksPlugin.ClusterVersion, new JsonObject { ["properties"] = properties.DeepClone() }, cancel)));
    }

    private static void Scale(JsonObject properties, JsonObject parameters)
    {
        var (least, most, first) = ((int)Need(parameters, "minNumNodes"), (int)Need(parameters, "maxNumNodes"), (int)Need(parameters, "numNodes"));
        if (first < least || first > most) throw PythonError.Plain($"The initial number of nodes must be set and between the min and max number of nodes bounds ([{least} {most}]).");
        (properties["enableAutoScaling"], properties["minCount"], properties["count"], properties["maxCount"], properties["type"]) = (true, least, first, most, "VirtualMachineScaleSets");
    }

    private async Task<string> TestNetworkAsync(JsonObject parameters, CancellationToken cancel)
    {
        using var cluster = Open(parameters);
        var file = Dotted.Text(cluster.Settings, "containerSettings.executionConfigsGenericOverrides.kubeConfigPath") ?? throw new PythonError("KeyError", "'containerSettings'");
        var (host, port, pod) = (Environment.MachineName, dss.Data.Port + 1, $"dss-busybox-{Guid.NewGuid().ToString("N")[..8]}");
        var ran = await DssPrograms.RunAsync(dss.Outside.Kubectl, ["--kubeconfig", file, "run", pod, "--image=busybox:1.28", "--restart=Never", "--rm", "--attach", "--", "nc", "-vz", host, $"{port}", "-w", "5"], cancel);
        var result = ran.Code == 0 ? "<h5>Connection successful</h5>" : $"<div class=\"alert alert-error\"><div>out:</div><pre>{ran.Output}</pre><div>err:</div><pre>{ran.Errors}</pre></div>";
        return $"<div><h5>Checking connectivity to {host}:{port} from pod in cluster</h5>{result}</div>";
    }

    private static async Task<List<JsonObject>> PoolsAsync(Opened cluster, CancellationToken cancel) =>
        [.. Dotted.Items(await cluster.Plugin.Arm.GetAsync($"{cluster.Id}/agentPools", AksPlugin.ClusterVersion, cancel), "value")];

    // The id that a macro is given is compared with the names of clusters.
    private Opened Open(JsonObject parameters)
    {
        var asked = (string)Need(parameters, "clusterId")!;
        var settings = dss.Clusters.All.FirstOrDefault(cluster => (string?)cluster["name"] == asked) ?? throw PythonError.Plain($"DSS cluster {asked} doesn't exist");
        if (settings["data"] is not JsonObject { Count: > 0 } data) throw PythonError.Plain("No cluster data (not started?)");
        var id = Dotted.Text(data, "cluster.id") ?? throw PythonError.Plain("No cluster definition (starting failed?)");
        var config = dss.Clusters.ResolveConfig(settings);
        return new(new AksPlugin(dss.Outside, asked, config, dss.Clusters.FolderOf(asked)), id, settings, config);
    }

    private static JsonNode Need(JsonObject parameters, string name) => parameters[name] ?? throw new PythonError("KeyError", $"'{name}'");

    private static string NetworkOf(string subnet) => subnet[..subnet.LastIndexOf("/subnets/", StringComparison.OrdinalIgnoreCase)];

    private static string Pre(JsonNode json) => $"<pre class=\"debug\">{json.ToJsonString(Indented)}</pre>";

    private sealed record Opened(AksPlugin Plugin, string Id, JsonObject Settings, JsonObject Config) : IDisposable
    {
        public void Dispose() => Plugin.Dispose();
    }
}
