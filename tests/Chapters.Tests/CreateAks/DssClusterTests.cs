using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters.Tests;

/// <summary>Clusters that DSS makes, over the sandbox's DSS and Azure: made, kept, repaired, finished, changed and removed.</summary>
public sealed class DssClusterTests
{
    private static readonly string[] ManagedIdentity = ["identity.kind=managedIdentity", "identity.servicePrincipal=null"];
    private static readonly string[] CurrentWithSecret = ["aks.connections=[{name: credentials, legacy: false}]"];

    public static TheoryData<string, string> Ways => new()
    {
        { "legacy", "" },
        { "legacy", "failures-as-messages,object-state,opaque-types" },
        { "identity", "redact-secrets,404-for-missing" },
        { "secret", "" },
    };

    [Theory, MemberData(nameof(Ways))]
    public async Task It_is_made_kept_and_repaired(string way, string habits)
    {
        var manifest = ClusterStage.Read(SetsOf(way));
        await using var stage = await ClusterStage.StartAsync(manifest, habits);

        var failures = await stage.MakeAsync(manifest);
        var second = await stage.PlanAsync(manifest);
        await stage.Dss.BendAsync("admin/clusters/aks-demo", cluster => cluster["params"]!["config"]!["upgradeChannel"] = "rapid");
        var bent = await stage.PlanAsync(manifest);
        var repairFailures = await stage.MakeAsync(manifest);
        var last = await stage.PlanAsync(manifest);

        Assert.Equal(("", ""), (failures, repairFailures));
        Assert.True(second.IsEmpty, DssPromisesTests.Paths(second));
        Assert.Equal("dss/cluster/aks-demo/config/upgradeChannel", DssPromisesTests.Paths(bent));
        Assert.True(last.IsEmpty, DssPromisesTests.Paths(last));
        Assert.Equal("RUNNING", await stage.StateAsync(manifest));
        Assert.Equal(1, stage.Starts("aks-demo"));
        Assert.Equal(["aks-demo"], await stage.ClustersAsync(manifest));
    }

    [Fact]
    public async Task Every_parameter_that_an_older_plugin_lacks_is_named()
    {
        using var server = PluginServer.Of("3.0.0", "serviceCIDR", "nodePools", "tags", "workloadIdentity", "nodeResourceGroup");
        var manifest = Everything.Read($"aks.plugin={{ source: archive, url: \"{server.Address}\", version: 3.0.0 }}");
        await using var stage = await DssStage.StartAsync();

        var failures = await stage.MakeAsync(DssKinds.Cluster(stage.Client(), manifest));

        Assert.Contains("dss/cluster/aks-demo: DSS dropped settings", failures, StringComparison.Ordinal);
        foreach (var lost in (string[])["/params/config/serviceCIDR", "/params/config/nodePools", "/params/config/workloadIdentity", "/params/config/tags/dss-pipeline:deployment"])
        {
            Assert.Contains(lost, failures, StringComparison.Ordinal);
        }

        // What says nothing may be left out by a server that keeps it.
        Assert.DoesNotContain("nodeResourceGroup", failures, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tags_that_others_gave_it_stay()
    {
        var manifest = Everything.Read();
        await using var stage = await DssStage.StartAsync();
        Assert.Equal("", await stage.MakeAsync(DssKinds.Cluster(stage.Client(), manifest)));
        await stage.BendAsync("admin/clusters/aks-demo", cluster =>
        {
            var config = cluster["params"]!["config"]!;
            (config["upgradeChannel"], config["tags"]!["others"]) = ("rapid", "tag");
        });

        var failures = await stage.MakeAsync(DssKinds.Cluster(stage.Client(), manifest));

        var config = (await stage.SeeAsync("admin/clusters/aks-demo"))!["params"]!["config"]!;
        Assert.Equal(("", "tag", "demo"), (failures, $"{config["tags"]!["others"]}", $"{config["tags"]![Ownership.DeploymentTag]}"));
    }

    [Fact]
    public async Task One_that_DSS_calls_otherwise_is_told_and_not_left_behind()
    {
        var manifest = Everything.Read();
        await using var stage = await DssStage.StartAsync("other-ids");

        var failures = await stage.MakeAsync(DssKinds.Cluster(stage.Client(), manifest));

        Assert.Contains("DSS gave it the id aks-demo-1", failures, StringComparison.Ordinal);
        Assert.Equal("[]", (await stage.SeeAsync("admin/clusters"))!.ToJsonString());
    }

    private static string[] SetsOf(string way) => way switch
    {
        "identity" => ManagedIdentity,
        "secret" => CurrentWithSecret,
        _ => [],
    };
}
