using System.Text.Json.Nodes;
using DssPipeline.Chapters;
using DssPipeline.Convergence;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>What becomes of a cluster that Azure manages in its life.</summary>
public sealed class ClusterTests
{
    private const string Version = "2025-10-01";

    [Fact]
    public async Task Four_minors_up_go_one_by_one_the_control_plane_first_and_no_node_too_far_behind()
    {
        await using var rehearsed = await Rehearsed.OpenAsync("minimal", Cluster("kubernetesVersion: '1.32'"));
        await rehearsed.DeployAsync();
        var before = rehearsed.Writes.Count();

        var raised = await rehearsed.With(Cluster("kubernetesVersion: '1.36'")).DeployAsync();

        var writes = rehearsed.Writes.Skip(before).Select(write => write.EndsWith("/nodes", StringComparison.Ordinal) ? "nodes" : "cluster");
        Assert.True(raised.IsGood, Rehearsed.Failures(raised));
        Assert.Equal("cluster cluster cluster nodes cluster nodes nodes nodes", string.Join(' ', writes));
        Assert.StartsWith("1.36.", await ToldAsync(rehearsed, "/properties/currentKubernetesVersion"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_upgrade_that_is_cut_short_is_finished_by_the_next_run()
    {
        await using var rehearsed = await Rehearsed.OpenAsync("minimal", Cluster("kubernetesVersion: '1.33'"));
        await rehearsed.DeployAsync();
        var later = rehearsed.With(Cluster("kubernetesVersion: '1.35'"));
        using var cancel = new CancellationTokenSource();

        var cut = await later.DeployAsync(happening => CancelAt(happening, cancel), cancel.Token);
        var finished = await later.DeployAsync();
        var plan = await later.PlanAsync();

        Assert.True(cut.Count(Ending.Cancelled) > 0, "Nothing was cut.");
        Assert.True(finished.IsGood, Rehearsed.Failures(finished));
        Assert.True(plan.IsEmpty, Rehearsed.Text(plan));
    }

    [Fact]
    public async Task What_others_gave_the_cluster_is_still_there_after_a_change()
    {
        await using var rehearsed = await Rehearsed.OpenAsync("minimal", Cluster("tier: Free"));
        await rehearsed.DeployAsync();
        var body = (JsonObject)(await rehearsed.Somebody.GetAsync(Path(rehearsed), Version))!;
        body["tags"]!["createdBy"] = "a policy";
        body["properties"]!["addonProfiles"] = Json.Of(new { azurepolicy = new { enabled = true } });
        await rehearsed.Somebody.PutAsync(Path(rehearsed), Version, body);

        var changed = await rehearsed.With(Cluster("tier: Standard")).DeployAsync();

        Assert.True(changed.IsGood, Rehearsed.Failures(changed));
        Assert.Equal("Standard", await ToldAsync(rehearsed, "/sku/tier"));
        Assert.Equal("a policy", await ToldAsync(rehearsed, "/tags/createdBy"));
        Assert.Equal("true", await ToldAsync(rehearsed, "/properties/addonProfiles/azurepolicy/enabled"));
    }

    [Fact]
    public async Task A_stopped_cluster_is_started_and_one_that_is_to_sleep_is_woken_for_its_changes_only()
    {
        await using var rehearsed = await Rehearsed.OpenAsync("minimal", Cluster("started: true"));
        await rehearsed.DeployAsync();
        await rehearsed.Somebody.PostAsync($"{Path(rehearsed)}/stop", Version);

        var started = await rehearsed.DeployAsync();
        var awake = await ToldAsync(rehearsed, "/properties/powerState/code");
        var changed = await rehearsed.With(Cluster("started: false, tier: Standard")).DeployAsync();
        var asleep = await ToldAsync(rehearsed, "/properties/powerState/code");
        var again = await rehearsed.With(Cluster("started: false, tier: Premium")).DeployAsync();

        Assert.True(started.IsGood, Rehearsed.Failures(started));
        Assert.Equal("Running", awake);
        Assert.True(changed.IsGood, Rehearsed.Failures(changed));
        Assert.Equal("Stopped", asleep);
        Assert.True(again.IsGood, Rehearsed.Failures(again));
        Assert.Equal("Premium", await ToldAsync(rehearsed, "/sku/tier"));
        Assert.Equal("Stopped", await ToldAsync(rehearsed, "/properties/powerState/code"));
    }

    [Fact]
    public async Task A_policy_and_more_room_for_pods_come_while_the_cluster_stands()
    {
        await using var rehearsed = await Rehearsed.OpenAsync("minimal", Cluster("podCidr: 10.244.0.0/16"));
        await rehearsed.DeployAsync();
        var later = rehearsed.With(Cluster("networkPolicy: cilium, podCidr: 10.240.0.0/12"));

        var changed = await later.DeployAsync();
        var plan = await later.PlanAsync();

        Assert.True(changed.IsGood, Rehearsed.Failures(changed));
        Assert.True(plan.IsEmpty, Rehearsed.Text(plan));
        Assert.Equal("10.240.0.0/12", await ToldAsync(rehearsed, "/properties/networkProfile/podCidr"));
    }

    [Fact]
    public async Task Pools_come_go_and_change_beside_each_other()
    {
        const string pools = "aks.nodePools=[{{name: nodes, nodes: {0}}}, {1}]";
        await using var rehearsed = await Rehearsed.OpenAsync("minimal", Cluster("tier: Free"), Pools(pools, 3, "{name: old}"));
        await rehearsed.DeployAsync();
        var later = rehearsed.With(Cluster("tier: Free"), Pools(pools, 5, "{name: cheap, spot: true, autoscaling: {min: 0, max: 4}, labels: {a: b}}"), "policy.allowDelete=[azure/agentPool/aks-demo/old]");

        var changed = await later.DeployAsync();
        var plan = await later.PlanAsync();

        var names = (JsonArray)Pointer.At(await rehearsed.Somebody.GetAsync($"{Path(rehearsed)}/agentPools", Version), "/value")!;
        Assert.True(changed.IsGood, Rehearsed.Failures(changed));
        Assert.True(plan.IsEmpty, Rehearsed.Text(plan));
        Assert.Equal(["cheap", "nodes"], names.Select(pool => $"{pool!["name"]}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_cluster_of_a_service_principal_is_told_the_secret_and_nobody_else_is()
    {
        await using var rehearsed = await Rehearsed.OpenAsync("minimal", Cluster("tier: Free"));

        var plan = await rehearsed.PlanAsync();
        var made = await rehearsed.DeployAsync();

        Assert.True(made.IsGood, Rehearsed.Failures(made));
        Assert.DoesNotContain("\"rehearsal\"", PlanJson.Of("demo", plan).ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(rehearsed.Manifest.Identity.ServicePrincipal!.ClientId, await ToldAsync(rehearsed, "/properties/servicePrincipalProfile/clientId"));
    }

    private static string Cluster(string more) => $"aks.clusters=[{{name: aks-demo, managedBy: azure, {more}}}]";

    private static string Pools(string form, int nodes, string other) => string.Format(System.Globalization.CultureInfo.InvariantCulture, form, nodes, other);

    private static string Path(Rehearsed rehearsed) => rehearsed.Manifest.Names.For(rehearsed.Manifest.Aks.Clusters[0]).Cluster.Path;

    private static async Task<string> ToldAsync(Rehearsed rehearsed, string path) =>
        Pointer.At(await rehearsed.Somebody.GetAsync(Path(rehearsed), Version), path)?.ToString() ?? "";

    private static void CancelAt(Happening happening, CancellationTokenSource cancel)
    {
        if (happening is ChangeStarted { Change.Id.Kind: "managedCluster" }) cancel.Cancel();
    }
}
