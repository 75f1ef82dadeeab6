using System.Text.Json.Nodes;
using DssPipeline.Tests;

namespace DssPipeline.Sandbox.Tests.Dss;

/// <summary>A sandbox with the machine that DSS believes to run on, and a DSS with the AKS plugin ready.</summary>
internal sealed class AksWorld : IAsyncDisposable
{
    private readonly string _token;

    private AksWorld(SandboxClient sandbox, TestDss dss, string token) => (Sandbox, Dss, _token) = (sandbox, dss, token);

    public SandboxClient Sandbox { get; }

    public TestDss Dss { get; }

    public string Group => $"/subscriptions/{Sandbox.Endpoints.SubscriptionId}/resourceGroups/rg-sandbox-runner";

    public string Cluster => $"{Group}/providers/Microsoft.ContainerService/managedClusters/aks1";

    public string Identity => $"{Group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-dss";

    public static async Task<AksWorld> StartAsync(string habits = "", string? kubectl = null)
    {
        var sandbox = await SandboxClient.StartAsync();
        var dss = await TestDss.StartAsync(new SandboxDssOptions { Folder = "", Azure = sandbox.Endpoints, Habits = habits, Kubectl = kubectl ?? "kubectl" });
        var world = new AksWorld(sandbox, dss, await sandbox.TokenAsync(SandboxClient.Arm));
        await world.BuildAsync();
        await world.InstallAsync();
        return world;
    }

    /// <summary>The parameters of a cluster, all of them, as they should be.</summary>
    public static JsonObject Config() => new()
    {
        ["connectionInfoV2"] = Inline(new JsonObject { ["identityType"] = "default" }),
        ["clusterVersion"] = "latest",
        ["resourceGroup"] = "",
        ["location"] = "",
        ["clusterIdentity"] = Inline(new JsonObject { ["identityType"] = "managed-identity", ["inheritDSSIdentity"] = true }),
        ["tags"] = new JsonObject { ["owner"] = "data" },
        ["useCustomNodeResourceGroup"] = false,
        ["nodeResourceGroup"] = "",
        ["nodePools"] = new JsonArray(new JsonObject { ["mode"] = "PRESET", ["name"] = "Node pools" }),
        ["privateAccess"] = false,
        ["networkPlugin"] = "azure",
        ["serviceCIDR"] = "10.1.0.0/16",
        ["dnsServiceIP"] = "10.1.0.10",
        ["dockerBridgeCidr"] = "172.17.0.1/16",
        ["outboundType"] = "loadBalancer",
        ["loadBalancerSku"] = "Standard",
        ["upgradeChannel"] = "none",
        ["nodeOSUpgradeChannel"] = "Unmanaged",
        ["workloadIdentity"] = false,
        ["oidcIssuer"] = false,
        ["customConfig"] = "",
        ["showLegacyOptions"] = false,
        ["connectionInfo"] = new JsonObject { ["mode"] = "NONE" },
        ["useDistinctSPForCluster"] = false,
        ["clusterServicePrincipal"] = new JsonObject { ["mode"] = "NONE" },
    };

    public static JsonObject Inline(JsonObject values) => new() { ["mode"] = "INLINE", ["inlinedConfig"] = values, ["inlinedPluginConfig"] = new JsonObject() };

    public static JsonObject Pool(string mode = "Automatic") => new()
    {
        ["vmSize"] = "Standard_D8s_v5",
        ["osDiskSizeGb"] = 0,
        ["numNodes"] = 3,
        ["autoScaling"] = false,
        ["minNumNodes"] = 2,
        ["maxNumNodes"] = 5,
        ["mode"] = mode,
        ["systemPodsOnly"] = false,
        ["useSameNetworkAsDSSHost"] = true,
        ["useAvailabilityZones"] = false,
        ["labels"] = new JsonArray(new JsonObject { ["from"] = "use", ["to"] = "dss" }),
        ["taints"] = new JsonArray(),
        ["enableGPU"] = false,
        ["tags"] = new JsonObject { ["pool"] = "one" },
    };

    public async Task<JsonNode> CreateAsync(JsonObject? config = null, string type = "create-aks-cluster", string name = "aks1") =>
        await Dss.MustAsync("POST", "admin/clusters/", new JsonObject { ["name"] = name, ["type"] = $"pycluster_aks-clusters_{type}", ["architecture"] = "KUBERNETES", ["params"] = new JsonObject { ["config"] = config ?? Config() } });

    public Task<(int Status, JsonNode? Body)> BeginAsync(string name = "aks1") => Dss.AskAsync("POST", $"admin/clusters/{name}/actions/start");

    public async Task<JsonNode> StatusAsync(string name = "aks1") => await Dss.MustAsync("GET", $"admin/clusters/{name}/status");

    public async Task<(int Status, JsonNode? Body)> ArmAsync(HttpMethod method, string id, string version = "2025-10-01", string? body = null)
    {
        using var answer = await Sandbox.SendAsync(method, $"{Sandbox.Endpoints.Arm.ToString().TrimEnd('/')}{id}?api-version={version}", _token, body);
        var text = await answer.Content.ReadAsStringAsync();
        return ((int)answer.StatusCode, text.Length > 0 ? JsonNode.Parse(text) : null);
    }

    public async ValueTask DisposeAsync()
    {
        await Dss.DisposeAsync();
        await Sandbox.DisposeAsync();
    }

    private async Task BuildAsync()
    {
        foreach (var space in (string[])["Microsoft.Network", "Microsoft.Compute", "Microsoft.ManagedIdentity", "Microsoft.ContainerService", "Microsoft.Authorization"])
        {
            await ArmAsync(HttpMethod.Post, $"/subscriptions/{Sandbox.Endpoints.SubscriptionId}/providers/{space}/register", "2021-04-01");
            for (var look = 0; look < 5; look++) await ArmAsync(HttpMethod.Get, $"/subscriptions/{Sandbox.Endpoints.SubscriptionId}/providers/{space}", "2021-04-01");
        }

        await MakeAsync(Group, "2025-04-01", """{"location":"westeurope"}""");
        await MakeAsync(Identity, "2024-11-30", """{"location":"westeurope"}""");
        var network = $"{Group}/providers/Microsoft.Network/virtualNetworks/vnet";
        await MakeAsync(network, "2025-01-01", """{"location":"westeurope","properties":{"addressSpace":{"addressPrefixes":["10.42.0.0/16"]}}}""");
        await MakeAsync($"{network}/subnets/snet", "2025-01-01", """{"properties":{"addressPrefix":"10.42.0.0/20"}}""");
        var card = $"{Group}/providers/Microsoft.Network/networkInterfaces/nic";
        await MakeAsync(card, "2025-01-01", $$"""{"location":"westeurope","properties":{"ipConfigurations":[{"name":"main","properties":{"subnet":{"id":"{{network}}/subnets/snet"} } }]} }""");
        await MakeAsync($"{Group}/providers/Microsoft.Compute/virtualMachines/sandbox", "2025-04-01", $$$$"""
            {"location":"westeurope","identity":{"type":"UserAssigned","userAssignedIdentities":{"{{{{Identity}}}}":{}}},"properties":{"hardwareProfile":{"vmSize":"Standard_D4s_v5"},
            "storageProfile":{"imageReference":{"publisher":"Canonical","offer":"ubuntu","sku":"server","version":"latest"},"osDisk":{"createOption":"FromImage","managedDisk":{"storageAccountType":"Premium_LRS"}}},
            "osProfile":{"computerName":"vm","adminUsername":"azureuser","linuxConfiguration":{"disablePasswordAuthentication":true,"ssh":{"publicKeys":[{"path":"/home/azureuser/.ssh/authorized_keys","keyData":"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ2Ck0v6b0x0kQ0m1m8Yq0o3kY0b8l2m2J7n6y9a0b1c deploy"}]}}},
            "networkProfile":{"networkInterfaces":[{"id":"{{{{card}}}}","properties":{"primary":true}}]}}}
            """);
    }

    private async Task MakeAsync(string id, string version, string body)
    {
        var (status, answer) = await ArmAsync(HttpMethod.Put, id, version, body);
        Assert.True(status is 200 or 201 or 202, $"{id}: {answer?.ToJsonString()}");
        for (var look = 0; look < 10; look++)
        {
            var state = (string?)(await ArmAsync(HttpMethod.Get, id, version)).Body?["properties"]?["provisioningState"];
            if (state is null or "Succeeded") return;
        }
    }

    private async Task InstallAsync()
    {
        await DssTasks.EndAsync(Dss, await Dss.MustAsync("POST", "plugins/actions/installFromStore", new { pluginId = "aks-clusters" }));
        var made = await DssTasks.EndAsync(Dss, await Dss.MustAsync("POST", "plugins/aks-clusters/code-env/actions/create", new { deploymentMode = "PLUGIN_MANAGED", conda = false, pythonInterpreter = "PYTHON311" }));
        var settings = await Dss.MustAsync("GET", "plugins/aks-clusters/settings");
        settings["codeEnvName"] = (string?)made["envName"];
        settings["presets"] = new JsonArray(new JsonObject { ["name"] = "Node pools", ["type"] = "parameter-set-aks-clusters-node-pool-request", ["config"] = Pool() });
        await Dss.MustAsync("POST", "plugins/aks-clusters/settings", settings);
        await Dss.MustAsync("POST", "projects/", new { projectKey = "OPS", name = "Ops", owner = "admin" });
    }
}
