using System.Text;
using System.Text.Json.Nodes;

namespace Sandbox.Tests.Arm;

public sealed class ClusterTests
{
    private const string Cluster = "Microsoft.ContainerService/managedClusters";
    private const string Pool = "Microsoft.ContainerService/managedClusters/agentPools";

    [Fact]
    public async Task The_kubelet_identity_and_the_node_group_come_and_go_with_the_cluster()
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);

        var first = await host.CallAsync("PUT", cases.Id(Cluster), cases.Body(Cluster));
        var done = await host.SettleAsync(cases.Id(Cluster));
        var nodes = $"{host.Subscription}/resourceGroups/MC_rg_aks-one_westeurope";
        var there = await host.CallAsync("GET", nodes);
        await host.RemoveAsync(cases.Id(Cluster));
        var gone = await host.CallAsync("GET", nodes);

        Assert.Null(first.Body!["properties"]!["identityProfile"]);
        Assert.True(Guid.TryParse((string?)done["properties"]!["identityProfile"]!["kubeletidentity"]!["objectId"], out _));
        Assert.NotNull(done["properties"]!["networkProfile"]!["loadBalancerProfile"]!["effectiveOutboundIPs"]);
        Assert.Equal(cases.Id(Cluster), (string?)there.Body!["managedBy"]);
        Assert.Equal(404, gone.Status);
    }

    [Fact]
    public async Task Spelling_moves_between_the_first_answer_and_the_next_read()
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);

        var first = await host.CallAsync("PUT", cases.Id(Cluster), cases.Body(Cluster));
        var next = await host.SettleAsync(cases.Id(Cluster));

        Assert.Contains("/resourcegroups/", (string?)first.Body!["id"], StringComparison.Ordinal);
        Assert.Equal("standard", (string?)first.Body["properties"]!["networkProfile"]!["loadBalancerSku"]);
        Assert.Equal("Standard", (string?)next["properties"]!["networkProfile"]!["loadBalancerSku"]);
    }

    [Fact]
    public async Task Pools_are_the_same_seen_from_the_cluster_and_alone()
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);
        await cases.MakeAsync(host, Pool);

        await host.MakeAsync(cases.Id(Cluster), cases.Body(Cluster));
        var cluster = await host.SettleAsync(cases.Id(Cluster));
        var alone = await host.CallAsync("GET", $"{cases.Id(Cluster)}/agentPools/system");

        Assert.Equal(["spark", "system"], cluster["properties"]!["agentPoolProfiles"]!.AsArray().Select(pool => (string?)pool!["name"]).Order(StringComparer.Ordinal));
        Assert.Equal(2, (int)alone.Body!["properties"]!["count"]!);
    }

    [Theory]
    [InlineData("1.36", 400, "OperationNotAllowed")]
    [InlineData("1.33", 400, "OperationNotAllowed")]
    [InlineData("1.29", 400, "K8sVersionNotSupported")]
    [InlineData("1.35", 200, null)]
    public async Task Versions_go_up_one_minor_at_a_time(string version, int status, string? code)
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);
        await cases.MakeAsync(host, Cluster);
        var body = cases.Body(Cluster);
        body["properties"]!["kubernetesVersion"] = version;

        var reply = await host.CallAsync("PUT", cases.Id(Cluster), body);

        Assert.Equal((status, code), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task A_pool_is_never_ahead_of_its_cluster_and_the_last_system_pool_stays()
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);
        await cases.MakeAsync(host, Cluster);

        var ahead = await host.CallAsync("PUT", cases.Id(Pool), new { properties = new { mode = "User", count = 1, vmSize = "Standard_D4s_v5", orchestratorVersion = "1.35" } });
        var last = await host.CallAsync("DELETE", $"{cases.Id(Cluster)}/agentPools/system");
        var missing = await host.CallAsync("GET", cases.Id(Pool));

        Assert.Equal((400, "NodePoolMcVersionIncompatible"), (ahead.Status, ahead.Code));
        Assert.Equal(400, last.Status);
        Assert.Equal((404, "NotFound", "GetAgentPool_NotFound"), (missing.Status, (string?)missing.Body!["code"], (string?)missing.Body["subcode"]));
    }

    [Theory]
    [InlineData("""{"count": 2, "minCount": 1, "maxCount": 3}""")]
    [InlineData("""{"count": 5, "minCount": 1, "maxCount": 3, "enableAutoScaling": true}""")]
    [InlineData("""{"count": 1, "enableAutoScaling": true}""")]
    public async Task Limits_and_count_must_agree_with_the_autoscaler(string properties)
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);
        await cases.MakeAsync(host, Cluster);
        var body = JsonNode.Parse(properties)!.AsObject();
        body["vmSize"] = "Standard_D4s_v5";
        body["mode"] = "User";

        var reply = await host.CallAsync("PUT", cases.Id(Pool), new JsonObject { ["properties"] = body });

        Assert.Equal((400, "InvalidParameter"), (reply.Status, (string?)reply.Body!["code"]));
    }

    [Fact]
    public async Task A_stopped_cluster_takes_no_writes_until_it_is_started()
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);
        await cases.MakeAsync(host, Cluster);

        await host.CallAsync("POST", cases.Id(Cluster) + "/stop");
        var stopped = await host.SettleAsync(cases.Id(Cluster));
        var write = await host.CallAsync("PUT", cases.Id(Cluster), cases.Body(Cluster));
        await host.CallAsync("POST", cases.Id(Cluster) + "/start");
        var started = await host.SettleAsync(cases.Id(Cluster));

        Assert.Equal("Stopped", (string?)stopped["properties"]!["powerState"]!["code"]);
        Assert.Equal((409, "OperationNotAllowed"), (write.Status, write.Code));
        Assert.Equal("Running", (string?)started["properties"]!["powerState"]!["code"]);
    }

    [Fact]
    public async Task What_a_write_leaves_out_may_stay()
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);
        var body = cases.Body(Cluster);
        body["sku"] = new JsonObject { ["name"] = "Base", ["tier"] = "Standard" };
        await host.MakeAsync(cases.Id(Cluster), body);

        var again = await host.MakeAsync(cases.Id(Cluster), cases.Body(Cluster));

        Assert.Equal("Standard", (string?)again["sku"]!["tier"]);
    }

    [Fact]
    public async Task Services_must_not_lie_in_the_network()
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);
        await cases.MakeAsync(host, "Microsoft.Network/virtualNetworks/subnets");
        var body = cases.Body(Cluster);
        body["properties"]!["agentPoolProfiles"]![0]!["vnetSubnetID"] = cases.Id("Microsoft.Network/virtualNetworks/subnets");
        body["properties"]!["networkProfile"] = new JsonObject { ["serviceCidr"] = "10.42.0.0/16", ["dnsServiceIP"] = "10.42.0.10" };

        var reply = await host.CallAsync("PUT", cases.Id(Cluster), body);

        Assert.Equal((400, "ServiceCidrOverlapExistingSubnetsCidr"), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task Credentials_are_a_kubeconfig_and_versions_are_listed()
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);
        await cases.MakeAsync(host, Cluster);

        var admin = await host.CallAsync("POST", cases.Id(Cluster) + "/listClusterAdminCredential");
        var versions = await host.SendAsync("GET", $"{host.Subscription}/providers/Microsoft.ContainerService/locations/westeurope/kubernetesVersions?api-version=2025-10-01");
        var upgrades = await host.CallAsync("GET", cases.Id(Cluster) + "/upgradeProfiles/default");

        var text = Encoding.UTF8.GetString(Convert.FromBase64String((string)admin.Body!["kubeconfigs"]![0]!["value"]!));
        Assert.Contains("kind: Config", text, StringComparison.Ordinal);
        Assert.Contains(versions.Body!["values"]!.AsArray(), version => (string?)version!["version"] == "1.35");
        Assert.Equal("1.34.2", (string?)upgrades.Body!["properties"]!["controlPlaneProfile"]!["kubernetesVersion"]);
    }
}
