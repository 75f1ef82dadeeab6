using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters.Tests;

/// <summary>What changes of the manifest do to a cluster that DSS made: the plan as people read it, and the cluster afterwards.</summary>
public sealed class DssClusterChangesTests
{
    public static TheoryData<string, string> Changes => new()
    {
        { "node-counts", "aks.nodePools[work].nodes=4" },
        { "autoscaling", "aks.nodePools[work].autoscaling={min: 2, max: 6}" },
        { "upgrade", "aks.clusters[aks-demo].kubernetesVersion=1.33" },
        { "channels", "aks.clusters[aks-demo].upgradeChannel=patch" },
        { "tags", "aks.clusters[aks-demo].tags.owner=platform" },
    };

    [Theory, MemberData(nameof(Changes))]
    public async Task A_change_is_planned_as_verified_and_converges(string name, string set)
    {
        var before = ClusterStage.Read();
        await using var stage = await ClusterStage.StartAsync(before);
        Assert.Equal("", await stage.MakeAsync(before));
        var after = ClusterStage.Read(set);

        var plan = await stage.PlanAsync(after);
        var failures = await stage.MakeAsync(after);
        var last = await stage.PlanAsync(after);

        Snapshot.Matches(new PlanText(Style.Plain).Of(after.Name, plan), Path.Combine(Snapshot.Folder(), $"DssClusterChangesTests.{name}.verified.txt"));
        Assert.Equal("", failures);
        Assert.True(last.IsEmpty, DssPromisesTests.Paths(last));
        Assert.Equal(1, stage.Starts("aks-demo"));
    }

    [Fact]
    public async Task A_pool_is_added_under_its_own_name_and_goes_when_it_may()
    {
        var (before, more) = (ClusterStage.Read(), Wider());
        await using var stage = await ClusterStage.StartAsync(before);
        Assert.Equal("", await stage.MakeAsync(before));

        var added = await stage.PlanAsync(more);
        Assert.Equal("", await stage.MakeAsync(more));
        var pools = await PoolsAsync(stage, more);
        var refused = await stage.PlanAsync(before);
        var fewer = ClusterStage.Read("policy.allowDelete[0]=azure/agentPool/aks-demo/big");
        Assert.Equal("", await stage.MakeAsync(fewer));

        Snapshot.Matches(new PlanText(Style.Plain).Of(more.Name, added), Path.Combine(Snapshot.Folder(), "DssClusterChangesTests.pool-added.verified.txt"));
        Assert.Equal("big nodepool0 nodepool1", pools);
        Assert.Contains(refused.Refused, change => $"{change.Id}" == "azure/agentPool/aks-demo/big");
        Assert.Equal("nodepool0 nodepool1", await PoolsAsync(stage, fewer));
    }

    [Fact]
    public async Task A_pool_that_the_cluster_was_born_with_is_known_by_its_preset_when_it_goes()
    {
        var before = ClusterStage.Read();
        await using var stage = await ClusterStage.StartAsync(before);
        Assert.Equal("", await stage.MakeAsync(before));
        var fewer = ClusterStage.Read("aks.clusters[aks-demo].pools=[nodes]", "policy.allowDelete[0]=azure/agentPool/aks-demo/work");

        var failures = await stage.MakeAsync(fewer);

        Assert.Equal("", failures);
        Assert.Equal("nodepool0", await PoolsAsync(stage, fewer));
        Assert.True((await stage.PlanAsync(fewer)).IsEmpty);
    }

    [Theory]
    [InlineData("aks.clusters[aks-demo].serviceCidr=10.9.0.0/16", "aks.clusters[aks-demo].dnsServiceIp=10.9.0.10")]
    [InlineData("aks.clusters[aks-demo].private=true", "aks.clusters[aks-demo].networkPlugin=kubenet")]
    public async Task What_is_fixed_at_birth_is_refused_with_the_remedy(params string[] sets)
    {
        var before = ClusterStage.Read();
        await using var stage = await ClusterStage.StartAsync(before);
        Assert.Equal("", await stage.MakeAsync(before));

        var plan = await stage.PlanAsync(ClusterStage.Read(sets));

        var refused = Assert.Single(plan.Refused, change => change.Id.Plane == "dss");
        Assert.Equal("Fixed while the cluster stands", refused.Problem!.Summary);
        Assert.Contains("started to false", refused.Problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cluster_is_stopped_only_when_it_may_be_removed_and_started_again_with_other_values()
    {
        var before = ClusterStage.Read();
        await using var stage = await ClusterStage.StartAsync(before);
        Assert.Equal("", await stage.MakeAsync(before));
        string[] stopped = ["aks.clusters[aks-demo].started=false"];

        var refused = await stage.PlanAsync(ClusterStage.Read(stopped));
        Assert.Equal("", await stage.MakeAsync(ClusterStage.Read([.. stopped, "policy.allowDelete[0]=azure/managedCluster/aks-demo"])));
        var gone = await stage.ClustersAsync(before);
        var other = ClusterStage.Read("aks.clusters[aks-demo].serviceCidr=10.9.0.0/16", "aks.clusters[aks-demo].dnsServiceIp=10.9.0.10");
        Assert.Equal("", await stage.MakeAsync(other));

        Assert.Contains(refused.Refused, change => change.Problem!.Summary == "Stopping removes the cluster");
        Assert.Empty(gone);
        Assert.Equal("10.9.0.0/16", $"{(await stage.ClusterAsync(other))!["properties"]!["networkProfile"]!["serviceCidr"]}");
        Assert.True((await stage.PlanAsync(other)).IsEmpty);
    }

    [Fact]
    public async Task A_cluster_that_is_named_no_longer_is_stopped_and_removed_where_that_may_be()
    {
        var before = ClusterStage.Read();
        await using var stage = await ClusterStage.StartAsync(before);
        Assert.Equal("", await stage.MakeAsync(before));
        string[] without = ["aks.clusters=[]", "projects=[]"];

        var told = await stage.PlanAsync(ClusterStage.Read(without));
        Assert.Equal("", await stage.MakeAsync(ClusterStage.Read([.. without, "policy.allowDelete=[dss/cluster/aks-demo, azure/managedCluster/aks-demo]"])));

        Assert.Contains(told.Refused, change => $"{change.Id}" == "azure/managedCluster/aks-demo");
        Assert.Empty(await stage.ClustersAsync(before));
        Assert.Equal("[]", (await stage.Dss.SeeAsync("admin/clusters"))!.ToJsonString());
    }

    [Fact]
    public async Task A_cluster_that_Azure_manages_is_attached_and_started()
    {
        var manifest = ClusterStage.Read("aks.clusters[aks-demo].managedBy=azure");
        await using var stage = await ClusterStage.StartAsync(manifest);

        var failures = await stage.MakeAsync(manifest);
        var second = await stage.PlanAsync(manifest);
        await stage.Dss.Server.MustAsync("POST", "admin/clusters/aks-demo/actions/stop?terminate=False");
        var stopped = await stage.PlanAsync(manifest);
        var again = await stage.MakeAsync(manifest);

        Assert.Equal(("", ""), (failures, again));
        Assert.True(second.IsEmpty, DssPromisesTests.Paths(second));
        Assert.Equal("dss/clusterState/aks-demo/state", DssPromisesTests.Paths(stopped));
        Assert.Equal("RUNNING", await stage.StateAsync(manifest));
        Assert.Equal(["aks-demo"], await stage.ClustersAsync(manifest));
    }

    [Fact]
    public async Task One_that_was_made_anew_in_Azure_is_attached_anew()
    {
        var manifest = ClusterStage.Read("aks.clusters[aks-demo].managedBy=azure");
        await using var stage = await ClusterStage.StartAsync(manifest);
        Assert.Equal("", await stage.MakeAsync(manifest));
        var old = await AttachedAsync(stage);
        await stage.Arm.DeleteAsync(manifest.Names.For(manifest.Aks.Clusters[0]).Cluster.Path, ManagedCluster.ApiVersion, CancellationToken.None);

        var plan = await stage.PlanAsync(manifest);
        var failures = await stage.MakeAsync(manifest);
        var last = await stage.PlanAsync(manifest);

        Assert.Contains("dss/clusterState/aks-demo/attachedTo", DssPromisesTests.Paths(plan), StringComparison.Ordinal);
        Assert.Equal("", failures);
        Assert.True(last.IsEmpty, DssPromisesTests.Paths(last));
        Assert.NotEqual(old, await AttachedAsync(stage));
        Assert.Equal($"{(await stage.ClusterAsync(manifest))!["properties"]!["resourceUID"]}", await AttachedAsync(stage));
    }

    [Fact]
    public async Task Destroy_removes_it_through_Azure_before_its_subnet_and_asks_no_DSS()
    {
        var manifest = ClusterStage.Read("policy.allowDestroy=[azure/managedCluster/aks-demo, azure/keyVault/kv-demo, azure/registry/crdemo, azure/disk/disk-demo-data]");
        await using var stage = await ClusterStage.StartAsync(manifest);
        Assert.Equal("", await stage.MakeAsync(manifest));
        var asked = stage.Dss.Server.Requests.Count;

        var failures = await stage.DestroyAsync(manifest);

        Assert.Equal("", failures);
        Assert.Equal(asked, stage.Dss.Server.Requests.Count);
        var gone = stage.Azure.Requests.Where(request => request.Method == "DELETE").Select(request => request.Path.Split('/')[^1]).ToList();
        Assert.True(gone.IndexOf("aks-demo") >= 0 && gone.IndexOf("aks-demo") < gone.IndexOf("snet-aks"), string.Join(' ', gone));
    }

    /// <summary>The cluster that DSS saw when it attached.</summary>
    private static async Task<string> AttachedAsync(ClusterStage stage) => $"{(await stage.Dss.SeeAsync("admin/clusters/aks-demo"))!["data"]!["cluster"]!["resource_uid"]}";

    private static Manifest Wider() => ClusterStage.ReadText(ClusterStage.Text.Replace("  clusters:", "    - { name: big, vmSize: Standard_D32s_v5, nodes: 1 }\n  clusters:", StringComparison.Ordinal));

    private static async Task<string> PoolsAsync(ClusterStage stage, Manifest manifest) =>
        string.Join(' ', ((JsonArray)(await stage.ClusterAsync(manifest))!["properties"]!["agentPoolProfiles"]!).Select(pool => $"{pool!["name"]}"));
}
