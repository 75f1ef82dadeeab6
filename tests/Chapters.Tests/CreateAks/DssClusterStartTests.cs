using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;
using DssPipeline.Sandbox;

namespace DssPipeline.Chapters.Tests;

/// <summary>The start of a cluster, disturbed at seeded points of its ten minutes: before the n-th request by which the plugin makes it in Azure.</summary>
public sealed class DssClusterStartTests
{
    private const int Points = 20;

    [Fact]
    public async Task Killed_at_twenty_seeded_points_there_is_exactly_one_cluster_and_it_runs()
    {
        var manifest = ClusterStage.Read();
        StartFault? fault = null;
        await using var stage = await ClusterStage.StartAsync(manifest, new SandboxDssOptions { Folder = "", Outward = (_, ending) => fault?.MeetAsync(ending) ?? Task.CompletedTask });
        var requests = await RequestsOfAsync(stage, manifest, undisturbed => fault = undisturbed);
        var (broken, repaired) = (0, 0);
        for (var seed = 0; seed < Points; seed++)
        {
            var kind = (StartFault.Kind)(seed % 4);
            fault = new StartFault(kind, Request(seed, requests / 2));

            var disturbed = stage.MakeAsync(manifest, stage.Dss.Client(fault.Over));
            if (kind is StartFault.Kind.Restarted && await Task.WhenAny(disturbed, fault.Happened) != disturbed) await stage.Dss.Server.RestartAsync();
            var first = await disturbed;
            Assert.True(fault.Happened.IsCompleted, $"seed {seed}: nothing was disturbed.");
            fault = null;
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
        Assert.True(broken >= 3 && repaired >= 1, $"{broken} runs were broken off, {repaired} clusters were taken over, at {requests} requests.");
    }

    [Theory]
    [InlineData("drop-after@POST *actions/start times=1 on=dss")]
    [InlineData("drop-before@POST *actions/start times=1 on=dss")]
    [InlineData("504@POST *actions/start times=1 on=dss")]
    [InlineData("cut@POST *actions/start times=1 on=dss")]
    public async Task A_start_whose_answer_is_lost_is_followed_to_its_end_by_the_same_run(string fault)
    {
        var manifest = ClusterStage.Read();
        await using var stage = await ClusterStage.StartAsync(manifest);
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
        var fault = new StartFault(StartFault.Kind.Killed, 1);
        var (isFollowed, looks, open) = (false, 0, new TaskCompletionSource());
        await using var stage = await ClusterStage.StartAsync(manifest, new SandboxDssOptions
        {
            Folder = "",
            // The start stands still from the death of the first run until the second has looked at it twice.
            Outward = async (_, ending) =>
            {
                await fault.MeetAsync(ending);
                if (fault.Happened.IsCompleted) await open.Task.WaitAsync(ending);
            },
            Before = (_, path) =>
            {
                if (isFollowed && path.EndsWith("/status", StringComparison.Ordinal) && Interlocked.Increment(ref looks) == 2) open.SetResult();
                return Task.CompletedTask;
            },
        });
        var killed = await stage.MakeAsync(manifest, stage.Dss.Client(fault.Over));

        var plan = await stage.PlanAsync(manifest);
        isFollowed = true;
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
        await stage.Dss.Server.MustAsync("POST", "admin/clusters/", Json.Of(new { name = "aks-demo", type = ClusterConfig.MadeType, architecture = "KUBERNETES", @params = new { config = new { } } }));
        await stage.Dss.BendAsync("admin/clusters/aks-demo", cluster => (cluster["usableByAll"], cluster["owner"], cluster["permissions"]) = (false, "ada", new JsonArray(Json.Of(new { group = "data-scientists", use = true }))));

        var failures = await stage.MakeAsync(manifest);
        var last = await stage.PlanAsync(manifest);

        Assert.Equal("", failures);
        Assert.True(last.IsEmpty, DssPromisesTests.Paths(last));
        var attached = (await stage.Dss.SeeAsync("admin/clusters/aks-demo"))!;
        Assert.Equal(ClusterConfig.AttachedType, $"{attached["type"]}");
        Assert.Equal(("False", "ada", """[{"group":"data-scientists","use":true}]"""), ($"{(bool)attached["usableByAll"]!}", $"{attached["owner"]}", attached["permissions"]!.ToJsonString()));
        Assert.Equal(("RUNNING", uid), (await stage.StateAsync(manifest), Uid(await stage.ClusterAsync(manifest))));
    }

    [Fact]
    public async Task What_is_whole_is_attached_even_where_the_manifest_would_allow_its_removal()
    {
        var manifest = ClusterStage.Read("policy.allowReplace[0]=azure/managedCluster/aks-demo");
        await using var stage = await OrphanedAsync(manifest);
        var uid = Uid(await stage.ClusterAsync(manifest));

        var failures = await stage.MakeAsync(manifest);

        Assert.Equal(("", uid), (failures, Uid(await stage.ClusterAsync(manifest))));
        Assert.Equal("RUNNING", await stage.StateAsync(manifest));
    }

    [Fact]
    public async Task What_Azure_could_not_finish_is_told_and_made_anew_where_the_manifest_allows_it()
    {
        var manifest = ClusterStage.Read();
        await using var stage = await ClusterStage.StartAsync(manifest);
        stage.Azure.Faults.Add("fail-operation@PUT *managedClusters/aks-demo times=1 code=AllocationFailed");

        var started = await stage.MakeAsync(manifest);
        var told = await stage.MakeAsync(manifest);
        var failures = await stage.MakeAsync(ClusterStage.Read("policy.allowReplace[0]=azure/managedCluster/aks-demo"));

        Assert.NotEqual("", started);
        Assert.Contains("Broken start left a broken cluster", told, StringComparison.Ordinal);
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

    /// <summary>The points of each kind of fault are spread over the requests that surely come, and a little off by chance: the last ones ask again and again how far Azure is.</summary>
    private static int Request(int seed, int all)
    {
        var part = (double)all / (Points / 4);
        return 1 + (int)((seed / 4 * part) + (new Random(seed).NextDouble() * part));
    }

    /// <summary>How many requests the plugin sends for a start that nothing disturbs.</summary>
    private static async Task<int> RequestsOfAsync(ClusterStage stage, Manifest manifest, Action<StartFault> watch)
    {
        var undisturbed = new StartFault(StartFault.Kind.Cut, int.MaxValue);
        watch(undisturbed);
        Assert.Equal("", await stage.MakeAsync(manifest, stage.Dss.Client(undisturbed.Over)));
        await ForgetAsync(stage, manifest);
        return undisturbed.Seen;
    }

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
