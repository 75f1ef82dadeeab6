using System.Text.Json.Nodes;
using DssPipeline.Planes;

namespace DssPipeline.Chapters.Tests;

/// <summary>The start of a cluster, disturbed at seeded points of its ten minutes, which the sandbox makes one second.</summary>
public sealed class DssClusterStartTests
{
    private const int Points = 20;
    private const string Slow = "start-time=300ms";

    [Fact]
    public async Task Killed_at_twenty_seeded_points_there_is_exactly_one_cluster_and_it_runs()
    {
        var manifest = ClusterStage.Read();
        await using var stage = await ClusterStage.StartAsync(manifest, Slow);
        // Azure has made it by then, and DSS does not know of it yet.
        stage.Azure.Faults.Add("slow@POST *listClusterAdminCredential delay=500ms");
        var (broken, repaired) = (0, 0);
        for (var seed = 0; seed < Points; seed++)
        {
            var fault = new StartFault((StartFault.Kind)(seed % 4), Moment(seed));

            var disturbed = stage.MakeAsync(manifest, stage.Dss.Client(fault.Over));
            if (seed % 4 == (int)StartFault.Kind.Restarted && await Task.WhenAny(disturbed, fault.HappenedAsync()) != disturbed) await stage.Dss.Server.RestartAsync();
            var first = await disturbed;
            var next = await stage.MakeAsync(manifest);
            var last = await stage.PlanAsync(manifest);

            Assert.True(next is "", $"seed {seed}, after \"{first}\": {next}");
            Assert.True(last.IsEmpty, $"seed {seed}: {DssPromisesTests.Paths(last)}");
            Assert.Equal("RUNNING", await stage.StateAsync(manifest));
            Assert.Equal(["aks-demo"], await stage.ClustersAsync(manifest));
            broken += first is "" ? 0 : 1;
            repaired += $"{(await stage.Dss.SeeAsync("admin/clusters/aks-demo"))!["type"]}" == ClusterConfig.AttachedType ? 1 : 0;
            await ForgetAsync(stage, manifest);
        }

        // Else the points would not have been where they hurt.
        Assert.True(broken >= 3 && repaired >= 1, $"{broken} runs were broken off, {repaired} clusters were taken over.");
    }

    [Theory]
    [InlineData("drop-after@POST *actions/start times=1 on=dss")]
    [InlineData("drop-before@POST *actions/start times=1 on=dss")]
    [InlineData("504@POST *actions/start times=1 on=dss")]
    [InlineData("cut@POST *actions/start times=1 on=dss")]
    public async Task A_start_whose_answer_is_lost_is_followed_to_its_end_by_the_same_run(string fault)
    {
        var manifest = ClusterStage.Read();
        await using var stage = await ClusterStage.StartAsync(manifest, Slow);
        stage.Dss.Server.Faults.Add(fault);

        var failures = await stage.MakeAsync(manifest);

        Assert.Equal("", failures);
        Assert.Equal("RUNNING", await stage.StateAsync(manifest));
        Assert.Equal(["aks-demo"], await stage.ClustersAsync(manifest));
    }

    [Fact]
    public async Task A_start_that_a_dead_run_left_behind_is_picked_up_and_not_asked_for_again()
    {
        var manifest = ClusterStage.Read();
        await using var stage = await ClusterStage.StartAsync(manifest, "start-time=5s");
        var killed = await stage.MakeAsync(manifest, stage.Dss.Client(new StartFault(StartFault.Kind.Killed, TimeSpan.FromMilliseconds(300)).Over));

        var plan = await stage.PlanAsync(manifest);
        var failures = await stage.MakeAsync(manifest);

        Assert.NotEqual("", killed);
        Assert.Contains("dss/clusterState/aks-demo/state", DssPromisesTests.Paths(plan), StringComparison.Ordinal);
        Assert.Equal("", failures);
        Assert.Equal(1, stage.Starts("aks-demo"));
        Assert.Equal("RUNNING", await stage.StateAsync(manifest));
    }

    [Theory]
    [InlineData("")]
    [InlineData("failures-as-messages")]
    public async Task A_start_that_fails_is_told_in_the_words_of_the_plugin(string habits)
    {
        var manifest = ClusterStage.ReadText(ClusterStage.Text.Replace("      tags: { owner: data }", "      customConfig: '{\"network_profile\": {\"no_such_thing\": 3}}'", StringComparison.Ordinal));
        await using var stage = await ClusterStage.StartAsync(manifest, habits);

        var failures = await stage.MakeAsync(manifest);

        Assert.Contains("Cluster does not start", failures, StringComparison.Ordinal);
        Assert.Contains("noSuchThing", failures, StringComparison.Ordinal);
        Assert.DoesNotContain("sandbox-only-secret", failures, StringComparison.Ordinal);
        Assert.Equal(1, stage.Starts("aks-demo"));
    }

    [Fact]
    public async Task What_a_broken_start_left_is_attached_as_it_is()
    {
        var manifest = ClusterStage.Read();
        await using var stage = await OrphanedAsync(manifest);
        var uid = Uid(await stage.ClusterAsync(manifest));

        var failures = await stage.MakeAsync(manifest);
        var last = await stage.PlanAsync(manifest);

        Assert.Equal("", failures);
        Assert.True(last.IsEmpty, DssPromisesTests.Paths(last));
        Assert.Equal(ClusterConfig.AttachedType, $"{(await stage.Dss.SeeAsync("admin/clusters/aks-demo"))!["type"]}");
        Assert.Equal(("RUNNING", uid), (await stage.StateAsync(manifest), Uid(await stage.ClusterAsync(manifest))));
    }

    [Fact]
    public async Task What_a_broken_start_left_is_made_anew_where_the_manifest_allows_it()
    {
        var manifest = ClusterStage.Read("policy.allowReplace[0]=azure/managedCluster/aks-demo");
        await using var stage = await OrphanedAsync(manifest);

        var failures = await stage.MakeAsync(manifest);

        Assert.Equal("", failures);
        Assert.Equal(ClusterConfig.MadeType, $"{(await stage.Dss.SeeAsync("admin/clusters/aks-demo"))!["type"]}");
        Assert.Equal("RUNNING", await stage.StateAsync(manifest));
        Assert.Contains(stage.Azure.Requests, request => request.Method == "DELETE" && request.Path.EndsWith("/managedClusters/aks-demo", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_cluster_of_that_name_without_our_mark_is_left_alone()
    {
        var manifest = ClusterStage.Read();
        await using var stage = await ClusterStage.StartAsync(manifest);
        var others = ClusterStage.Read("aks.clusters[aks-demo].managedBy=azure");
        Assert.Equal("", await stage.Dss.MakeAsync([new ManagedCluster(stage.ArmOf(others with { Name = "others" }), others, others.Aks.Clusters[0])]));

        var failures = await stage.MakeAsync(manifest);

        Assert.Contains("Cluster of that name is somebody else's", failures, StringComparison.Ordinal);
        Assert.Equal(0, stage.Starts("aks-demo"));
        Assert.Equal("others", Ownership.DeploymentOf(await stage.ClusterAsync(manifest)));
    }

    [Fact]
    public async Task A_cluster_that_DSS_believes_in_and_Azure_does_not_have_is_made_anew()
    {
        var manifest = ClusterStage.Read();
        await using var stage = await ClusterStage.StartAsync(manifest);
        Assert.Equal("", await stage.MakeAsync(manifest));
        await stage.Arm.DeleteAsync(manifest.Names.For(manifest.Aks.Clusters[0]).Cluster.Path, ManagedCluster.ApiVersion, CancellationToken.None);

        var plan = await stage.PlanAsync(manifest);
        var failures = await stage.MakeAsync(manifest);

        Assert.Contains("dss/clusterState/aks-demo/inAzure", DssPromisesTests.Paths(plan), StringComparison.Ordinal);
        Assert.Equal("", failures);
        Assert.True((await stage.PlanAsync(manifest)).IsEmpty);
        Assert.Equal(["aks-demo"], await stage.ClustersAsync(manifest));
    }

    /// <summary>Spread over the start for each kind of fault, and a little off by chance.</summary>
    private static TimeSpan Moment(int seed) => TimeSpan.FromMilliseconds((55 * (seed * 7 % Points)) + new Random(seed).Next(50));

    /// <summary>A cluster in Azure of which DSS knows nothing.</summary>
    private static async Task<ClusterStage> OrphanedAsync(Manifest manifest)
    {
        var stage = await ClusterStage.StartAsync(manifest);
        Assert.Equal("", await stage.MakeAsync(manifest));
        await stage.Dss.Server.MustAsync("DELETE", "admin/clusters/aks-demo");
        return stage;
    }

    private static string Uid(JsonNode? cluster) => $"{cluster!["properties"]!["resourceUID"] ?? cluster["properties"]!["fqdn"]} {cluster["systemData"]?["createdAt"]}";

    /// <summary>Takes everything away, so that the next start begins from nothing.</summary>
    private static async Task ForgetAsync(ClusterStage stage, Manifest manifest)
    {
        await stage.Dss.Server.AskAsync("POST", "admin/clusters/aks-demo/actions/stop?terminate=True&forceStop=True");
        await stage.Arm.DeleteAsync(manifest.Names.For(manifest.Aks.Clusters[0]).Cluster.Path, ManagedCluster.ApiVersion, CancellationToken.None);
        Assert.Empty(await stage.ClustersAsync(manifest));
    }
}
