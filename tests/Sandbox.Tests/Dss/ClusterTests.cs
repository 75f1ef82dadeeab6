using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox.Tests.Dss;

/// <summary>Clusters of DSS that the AKS plugin makes and deletes in Azure.</summary>
public sealed class ClusterTests
{
    [Fact]
    public async Task A_start_makes_the_cluster_in_Azure_and_a_stop_deletes_it()
    {
        await using var world = await AksWorld.StartAsync();
        await world.CreateAsync();

        var started = await world.BeginAsync();
        var status = await world.StatusAsync();
        var definition = await world.Dss.MustAsync("GET", "admin/clusters/aks1");
        var made = await world.ArmAsync(HttpMethod.Get, world.Cluster);
        var stopped = await world.Dss.AskAsync("POST", "admin/clusters/aks1/actions/stop?terminate=False");
        var gone = await world.ArmAsync(HttpMethod.Get, world.Cluster);

        Assert.True(started.Status == 200, started.Body?.ToJsonString());
        Assert.Equal("RUNNING", (string?)status["state"]);
        Assert.Equal("aks1", (string?)definition["containerSettings"]!["executionConfigsGenericOverrides"]!["kubeCtlContext"]);
        Assert.Equal(world.Cluster, (string?)definition["data"]!["cluster"]!["id"], ignoreCase: true);
        Assert.Equal("Succeeded", (string?)definition["data"]!["cluster"]!["provisioning_state"]);
        var pool = made.Body!["properties"]!["agentPoolProfiles"]![0]!;
        Assert.Equal(("nodepool0", "System", 3, "Standard_D8s_v5"), ((string?)pool["name"], (string?)pool["mode"], (int)pool["count"]!, (string?)pool["vmSize"]));
        Assert.EndsWith("/subnets/snet", (string?)pool["vnetSubnetID"], StringComparison.Ordinal);
        Assert.Equal("dss", (string?)pool["nodeLabels"]!["use"]);
        Assert.Equal(("data", "one"), ((string?)pool["tags"]!["owner"], (string?)pool["tags"]!["pool"]));
        Assert.Equal("aks1-dns", (string?)made.Body["properties"]!["dnsPrefix"]);
        Assert.Equal("10.1.0.0/16", (string?)made.Body["properties"]!["networkProfile"]!["serviceCidr"]);
        Assert.Equal(world.Identity, (string?)made.Body["properties"]!["identityProfile"]!["kubeletidentity"]!["resourceId"], ignoreCase: true);
        Assert.Equal(200, stopped.Status);
        Assert.Equal("NONE", (string?)(await world.StatusAsync())["state"]);
        Assert.Equal(404, gone.Status);
    }

    [Fact]
    public async Task The_kubeconfig_is_the_owners_alone_and_a_stop_that_terminates_removes_the_object()
    {
        await using var world = await AksWorld.StartAsync();
        await world.CreateAsync();
        await world.BeginAsync();

        var file = (string)(await world.Dss.MustAsync("GET", "admin/clusters/aks1"))["data"]!["kube_config_path"]!;
        var mode = File.GetUnixFileMode(file);
        await world.Dss.MustAsync("POST", "admin/clusters/aks1/actions/stop?terminate=True");

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, mode);
        Assert.Equal(500, (await world.Dss.AskAsync("GET", "admin/clusters/aks1/status")).Status);
    }

    [Theory]
    [InlineData("""{"tags":null}""", "TypeError", "object of type 'NoneType' has no len()")]
    [InlineData("""{"connectionInfo":null}""", "AttributeError", "'NoneType' object has no attribute 'get'")]
    [InlineData("""{"nodePools":[]}""", "Exception", "You cannot deploy a cluster without any node pool.")]
    [InlineData("""{"nodePools":[{"mode":"PRESET","name":"No such"}]}""", "Exception", "Preset 'No such' not found")]
    [InlineData("""{"serviceCIDR":"10.42.0.0/16","dnsServiceIP":"10.42.0.10"}""", "HttpResponseError", "conflicted with an existing subnet CIDR")]
    [InlineData("""{"connectionInfoV2":{"mode":"INLINE","inlinedConfig":{"identityType":"service-principal","tenantId":"t","clientId":"c"}}}""", "Exception", "Incomplete connection info")]
    [InlineData("""{"connectionInfo":{"mode":"INLINE","inlinedConfig":{"tenantId":"t","clientId":"c","password":"p"}}}""", "ValueError", "Parameter 'subscription_id' must not be None.")]
    public async Task Traps_of_the_parameters_snap_shut_at_the_start(string bent, string type, string message)
    {
        await using var world = await AksWorld.StartAsync();
        var config = AksWorld.Config();
        foreach (var (name, value) in JsonNode.Parse(bent)!.AsObject()) config[name] = value?.DeepClone();
        await world.CreateAsync(config);

        var started = await world.BeginAsync();
        var status = await world.StatusAsync();

        Assert.Equal(500, started.Status);
        Assert.Contains(type, (string?)started.Body!["message"], StringComparison.Ordinal);
        Assert.Contains(message, (string?)started.Body["message"], StringComparison.Ordinal);
        Assert.Equal("NONE", (string?)status["state"]);
        Assert.Contains(message, status["error"]!.ToJsonString().Replace("\\u0027", "'", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(404, (await world.ArmAsync(HttpMethod.Get, world.Cluster)).Status);
    }

    [Fact]
    public async Task Automatic_makes_only_the_first_pool_a_system_pool()
    {
        await using var world = await AksWorld.StartAsync();
        var config = AksWorld.Config();
        config["nodePools"] = new JsonArray(AksWorld.Inline(AksWorld.Pool()), AksWorld.Inline(AksWorld.Pool()));
        await world.CreateAsync(config);

        var started = await world.BeginAsync();

        Assert.Equal(500, started.Status);
        Assert.Contains("Automatic", started.Body!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cluster_that_is_there_already_is_told_and_can_be_attached()
    {
        await using var world = await AksWorld.StartAsync();
        await world.CreateAsync();
        await world.BeginAsync();
        await world.Dss.MustAsync("DELETE", "admin/clusters/aks1");
        await world.CreateAsync();

        var again = await world.BeginAsync();
        await world.CreateAsync(new JsonObject { ["connectionInfoV2"] = AksWorld.Inline(new JsonObject { ["identityType"] = "default" }), ["cluster"] = "aks1", ["resourceGroup"] = "", ["showLegacyOptions"] = false, ["connectionInfo"] = new JsonObject { ["mode"] = "NONE" } }, "attach-aks-cluster", "attached");
        var attached = await world.BeginAsync("attached");
        await world.Dss.MustAsync("POST", "admin/clusters/attached/actions/stop?terminate=False");

        Assert.Contains("A cluster with name aks1 in resource group rg-sandbox-runner already exists", (string?)again.Body!["message"], StringComparison.Ordinal);
        Assert.True(attached.Status == 200, attached.Body?.ToJsonString());
        Assert.Equal(200, (await world.ArmAsync(HttpMethod.Get, world.Cluster)).Status);
    }

    [Fact]
    public async Task A_second_start_and_a_stop_of_nothing_are_refused()
    {
        await using var world = await AksWorld.StartAsync();
        await world.CreateAsync();

        var early = await world.Dss.AskAsync("POST", "admin/clusters/aks1/actions/stop?terminate=False");
        await world.BeginAsync();
        var second = await world.BeginAsync();
        var twice = await world.Dss.AskAsync("POST", "admin/clusters/", new { name = "aks1", type = "manual" });
        var unknown = await world.Dss.MustAsync("POST", "admin/clusters/", new { name = "x", type = "pycluster_aks-clusters_guess" });

        Assert.Equal([500, 500, 500], [early.Status, second.Status, twice.Status]);
        Assert.True((bool)unknown["messages"]!["error"]!);
    }

    [Fact]
    public async Task A_start_whose_connection_is_cut_goes_on()
    {
        await using var world = await AksWorld.StartAsync();
        await world.CreateAsync();
        world.Dss.Faults.Add("drop-after@POST *actions/start times=1 on=dss");

        await Assert.ThrowsAsync<HttpRequestException>(() => world.BeginAsync());

        Assert.Equal("RUNNING", (string?)(await UntilSettledAsync(world))["state"]);
        Assert.Equal(200, (await world.ArmAsync(HttpMethod.Get, world.Cluster)).Status);
    }

    [Fact]
    public async Task A_gateway_that_loses_its_patience_does_not_stop_the_start()
    {
        await using var world = await AksWorld.StartAsync("gateway-time=1ms,start-time=100ms");
        await world.CreateAsync();

        var (started, body) = await world.BeginAsync();

        Assert.Equal(502, started);
        Assert.Null(body);
        Assert.Equal("RUNNING", (string?)(await UntilSettledAsync(world))["state"]);
    }

    [Fact]
    public async Task A_start_that_dies_with_DSS_leaves_its_cluster_in_Azure_and_an_error()
    {
        await using var world = await AksWorld.StartAsync();
        await world.CreateAsync();
        world.Sandbox.Server.Faults.Add("slow@POST *listClusterAdminCredential delay=60s");

        var start = Task.Run(() => world.BeginAsync());
        while ((await world.ArmAsync(HttpMethod.Get, world.Cluster)).Status == 404) Assert.False(start.IsCompleted, "The start has ended too soon.");
        await world.Dss.RestartAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => start);
        var status = await world.StatusAsync();

        Assert.Equal("NONE", (string?)status["state"]);
        Assert.Contains("DSS was stopped", status["error"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(200, (await world.ArmAsync(HttpMethod.Get, world.Cluster)).Status);
    }

    [Fact]
    public async Task A_failed_start_can_also_be_an_answer_of_200()
    {
        await using var world = await AksWorld.StartAsync("failures-as-messages");
        var config = AksWorld.Config();
        config["tags"] = null;
        await world.CreateAsync(config);

        var started = await world.BeginAsync();

        Assert.Equal(200, started.Status);
        Assert.True((bool)started.Body!["messages"]!["error"]!);
    }

    [Fact]
    public async Task Roles_are_given_to_the_identity_that_AKS_makes_and_taken_at_the_stop()
    {
        await using var world = await AksWorld.StartAsync();
        var config = AksWorld.Config();
        config["clusterIdentity"] = AksWorld.Inline(new JsonObject { ["identityType"] = "managed-identity", ["inheritDSSIdentity"] = false, ["useAKSManagedIdentity"] = true, ["useAKSManagedKubeletIdentity"] = true });
        await world.CreateAsync(config);

        var started = await world.BeginAsync();
        var data = (await world.Dss.MustAsync("GET", "admin/clusters/aks1"))["data"]!;
        var role = (string)data["vnet_attachment"]!["role_assignment"]!["id"]!;
        var given = await world.ArmAsync(HttpMethod.Get, role, "2022-04-01");
        await world.Dss.MustAsync("POST", "admin/clusters/aks1/actions/stop?terminate=False");
        var taken = await world.ArmAsync(HttpMethod.Get, role, "2022-04-01");

        Assert.True(started.Status == 200, started.Body?.ToJsonString());
        Assert.Equal(200, given.Status);
        Assert.Equal(404, taken.Status);
    }

    [Fact]
    public async Task A_legacy_connection_signs_in_with_its_secret_and_lends_it_to_the_cluster()
    {
        await using var world = await AksWorld.StartAsync();
        var ends = world.Sandbox.Endpoints;
        var settings = await world.Dss.MustAsync("GET", "plugins/aks-clusters/settings");
        settings["presets"]!.AsArray().Add(new JsonObject
        {
            ["name"] = "AKS connection",
            ["type"] = "parameter-set-aks-clusters-connection-info",
            ["config"] = new JsonObject { ["subscriptionId"] = ends.SubscriptionId, ["tenantId"] = ends.TenantId, ["clientId"] = ends.ClientId, ["password"] = ends.ClientSecret },
        });
        await world.Dss.MustAsync("POST", "plugins/aks-clusters/settings", settings);
        var config = AksWorld.Config();
        config["connectionInfo"] = new JsonObject { ["mode"] = "PRESET", ["name"] = "AKS connection" };
        await world.CreateAsync(config);

        var started = await world.BeginAsync();
        var made = (await world.ArmAsync(HttpMethod.Get, world.Cluster)).Body!;
        var definition = await world.Dss.MustAsync("GET", "admin/clusters/aks1");

        Assert.True(started.Status == 200, started.Body?.ToJsonString());
        Assert.Equal(ends.ClientId, (string?)made["properties"]!["servicePrincipalProfile"]!["clientId"]);
        Assert.DoesNotContain(ends.ClientSecret, definition.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_custom_configuration_speaks_the_words_of_Python()
    {
        await using var world = await AksWorld.StartAsync();
        var config = AksWorld.Config();
        config["customConfig"] = """{"disable_local_accounts":false,"networkProfile":{"podCidr":"10.9.0.0/16"},"network_profile":{"network_policy":"azure"},"tags":{"more":"yes"}}""";
        await world.CreateAsync(config);

        var started = await world.BeginAsync();
        var made = (await world.ArmAsync(HttpMethod.Get, world.Cluster)).Body!;

        Assert.True(started.Status == 200, started.Body?.ToJsonString());
        Assert.Equal("azure", (string?)made["properties"]!["networkProfile"]!["networkPolicy"]);
        Assert.NotEqual("10.9.0.0/16", (string?)made["properties"]!["networkProfile"]!["podCidr"]);
        Assert.Equal("yes", (string?)made["tags"]!["more"]);
    }

    private static async Task<JsonNode> UntilSettledAsync(AksWorld world)
    {
        // By time: how often it is looked at meanwhile depends on what else this machine does.
        var since = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(since) < TimeSpan.FromMinutes(1))
        {
            var status = await world.StatusAsync();
            if ((string?)status["state"] is "RUNNING" or "NONE") return status;
        }

        throw new InvalidOperationException("The cluster does not settle.");
    }
}
