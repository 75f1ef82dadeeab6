using System.Text.Json.Nodes;
using DssPipeline.Convergence;

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

    private static string[] SetsOf(string way) => way switch
    {
        "identity" => ManagedIdentity,
        "secret" => CurrentWithSecret,
        _ => [],
    };
}
