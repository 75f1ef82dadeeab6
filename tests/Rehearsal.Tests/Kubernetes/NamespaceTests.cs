using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>What is wished for inside a cluster keeps its promises, through the real kubectl: absent it is made, made it is left alone, bent it is repaired, cut short it is finished.</summary>
public sealed class NamespaceTests
{
    private const string Team = "{name: team, labels: {cost: a, tier: gold}, quota: {cpu: 20, memory: 1024, pods: 40}}";

    private const string Principal = "identity.servicePrincipal.objectId=11111111-0000-0000-0000-000000000000";

    private static readonly KubernetesName Space = new("namespaces", null, "team");
    private static readonly KubernetesName Quota = new("resourcequotas", "team", "dss-pipeline");

    [Fact]
    public async Task Absent_is_made_and_made_is_left_alone()
    {
        await using var rehearsed = await OpenAsync(Cluster(Team));

        var first = await rehearsed.PlanAsync();
        var made = await rehearsed.DeployAsync();
        var plan = await rehearsed.PlanAsync();
        var space = await rehearsed.Inside("aks-demo").GetAsync(Space, default);
        var quota = await rehearsed.Inside("aks-demo").GetAsync(Quota, default);

        Assert.Equal(["kubernetes/namespace/aks-demo/team", "kubernetes/nodes/aks-demo", "kubernetes/quota/aks-demo/team"], first.Changes.Select(change => $"{change.Id}").Where(id => id.StartsWith("kubernetes/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.True(made.IsGood, Rehearsed.Failures(made));
        Assert.True(plan.IsEmpty, Rehearsed.Text(plan));
        Assert.Equal("gold", $"{space!["metadata"]!["labels"]!["tier"]}");
        Assert.Equal("1Ti", $"{quota!["spec"]!["hard"]!["requests.memory"]}");
    }

    [Fact]
    public async Task Bent_from_outside_is_seen_and_repaired_and_what_others_gave_stays()
    {
        await using var rehearsed = await OpenAsync(Cluster(Team));
        await rehearsed.DeployAsync();
        var inside = rehearsed.Inside("aks-demo");
        await inside.ApplyAsync(JsonNode.Parse("""{"apiVersion":"v1","kind":"ResourceQuota","metadata":{"name":"dss-pipeline","namespace":"team","labels":{"dss-pipeline/deployment":"demo"}},"spec":{"hard":{"pods":"4000"}}}""")!, default);
        await SomebodyLabelsAsync(rehearsed, "tier=tin", "theirs=x");

        var seen = await rehearsed.PlanAsync();
        var repaired = await rehearsed.DeployAsync();
        var again = await rehearsed.PlanAsync();
        var labels = (await inside.GetAsync(Space, default))!["metadata"]!["labels"]!;

        Assert.Equal(["kubernetes/namespace/aks-demo/team", "kubernetes/quota/aks-demo/team"], seen.Changes.Where(change => change.Verb is Verb.Update).Select(change => $"{change.Id}").Order(StringComparer.Ordinal));
        Assert.True(repaired.IsGood, Rehearsed.Failures(repaired));
        Assert.True(again.IsEmpty, Rehearsed.Text(again));
        Assert.Equal(("gold", "x"), ($"{labels["tier"]}", $"{labels["theirs"]}"));
    }

    [Fact]
    public async Task A_namespace_that_somebody_deleted_is_made_anew()
    {
        await using var rehearsed = await OpenAsync(Cluster(Team));
        await rehearsed.DeployAsync();
        await rehearsed.Inside("aks-demo").DeleteAsync(Space, default);

        var repaired = await rehearsed.DeployAsync();
        var again = await rehearsed.PlanAsync();

        Assert.True(repaired.IsGood, Rehearsed.Failures(repaired));
        Assert.True(again.IsEmpty, Rehearsed.Text(again));
    }

    [Fact]
    public async Task Cut_short_at_every_resource_it_is_finished_by_the_next_run()
    {
        await using var rehearsed = await OpenAsync(Cluster(Team));
        var cut = new HashSet<ResourceId>();
        Report report;

        do
        {
            using var cancel = new CancellationTokenSource();
            report = await rehearsed.DeployAsync(happening => CutAt(happening, cut, cancel), cancel.Token);
        }
        while (report.Count(Ending.Cancelled) > 0);
        var plan = await rehearsed.PlanAsync();

        Assert.True(report.IsGood, Rehearsed.Failures(report));
        Assert.True(plan.IsEmpty, Rehearsed.Text(plan));
        Assert.True(cut.Count >= 2, $"Only {cut.Count} runs were cut.");
    }

    [Fact]
    public async Task What_the_manifest_takes_back_goes_labels_and_quotas_at_once_and_namespaces_when_allowed()
    {
        await using var rehearsed = await OpenAsync(Cluster(Team));
        await rehearsed.DeployAsync();

        var less = With(rehearsed, Cluster("{name: team, labels: {cost: a}}"));
        var lessened = await less.DeployAsync();
        var (labels, quota) = ((await less.Inside("aks-demo").GetAsync(Space, default))!["metadata"]!["labels"]!, await less.Inside("aks-demo").GetAsync(Quota, default));
        var without = await With(rehearsed, Cluster("")).PlanAsync();
        var allowed = await With(rehearsed, Cluster(""), "policy.allowDelete=[kubernetes/namespace/aks-demo/team]").DeployAsync();
        var gone = await rehearsed.Inside("aks-demo").GetAsync(Space, default);

        Assert.True(lessened.IsGood, Rehearsed.Failures(lessened));
        Assert.Null(labels["tier"]);
        Assert.Null(quota);
        Assert.Contains(without.Changes, change => change is { Verb: Verb.Refuse, Id.Kind: "namespace" });
        Assert.True(allowed.IsGood, Rehearsed.Failures(allowed));
        Assert.Null(gone);
    }

    [Fact]
    public async Task A_namespace_of_another_deployment_is_refused()
    {
        await using var rehearsed = await OpenAsync(Cluster(""));
        await rehearsed.DeployAsync();
        await rehearsed.Inside("aks-demo").ApplyAsync(JsonNode.Parse("""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"team","labels":{"dss-pipeline/deployment":"other"}}}""")!, default);

        var plan = await With(rehearsed, Cluster("{name: team}")).PlanAsync();

        Assert.Equal("Belongs to another deployment", plan.Changes.Single(change => change.Id.Kind == "namespace").Problem?.Summary);
    }

    [Fact]
    public async Task Nodes_that_somebody_took_away_are_seen_and_waited_for()
    {
        await using var rehearsed = await OpenAsync(Cluster(""));
        await rehearsed.DeployAsync();
        var pool = $"{rehearsed.Manifest.Names.For(rehearsed.Manifest.Aks.Clusters[0]).Cluster.Path}/agentPools/nodes";
        var body = (await rehearsed.Somebody.GetAsync(pool, "2025-10-01"))!;
        body["properties"]!["count"] = 1;
        await rehearsed.Somebody.PutAsync(pool, "2025-10-01", body);

        var seen = await rehearsed.PlanAsync();
        var repaired = await rehearsed.DeployAsync();
        var again = await rehearsed.PlanAsync();

        Assert.Contains(seen.Changes.Single(change => change.Id.Kind == "nodes").Differences, difference => $"{difference}".Contains("1 ready", StringComparison.Ordinal));
        Assert.True(repaired.IsGood, Rehearsed.Failures(repaired));
        Assert.True(again.IsEmpty, Rehearsed.Text(again));
    }

    [Fact]
    public async Task A_cluster_that_was_stopped_is_started_and_looked_into_again()
    {
        await using var rehearsed = await OpenAsync(Cluster(Team));
        await rehearsed.DeployAsync();
        await rehearsed.Somebody.PostAsync($"{rehearsed.Manifest.Names.For(rehearsed.Manifest.Aks.Clusters[0]).Cluster.Path}/stop", "2025-10-01");

        var later = rehearsed.LookingInside();
        var seen = await later.PlanAsync();
        var started = await later.DeployAsync();
        var again = await later.PlanAsync();

        Assert.False(seen.IsEmpty);
        Assert.True(started.IsGood, Rehearsed.Failures(started));
        Assert.True(again.IsEmpty, Rehearsed.Text(again));
    }

    private static async Task<Rehearsed> OpenAsync(string cluster) => (await Rehearsed.OpenAsync("minimal", Principal, cluster)).LookingInside();

    private static Rehearsed With(Rehearsed rehearsed, params string[] sets) => rehearsed.With([Principal, .. sets]);

    private static string Cluster(string namespaces) => $"aks.clusters=[{{name: aks-demo, managedBy: azure, namespaces: [{namespaces}]}}]";

    private static Task<string> SomebodyLabelsAsync(Rehearsed rehearsed, params string[] labels) => Kubectl.RunAsync(rehearsed.Somebody, rehearsed.Kubernetes, rehearsed.Manifest.Names.For(rehearsed.Manifest.Aks.Clusters[0]).Cluster.Path, ["label", "--overwrite", "namespace", "team", .. labels]);

    private static void CutAt(Happening happening, HashSet<ResourceId> cut, CancellationTokenSource cancel)
    {
        lock (cut)
        {
            if (!cancel.IsCancellationRequested && happening is ChangeStarted { Change.Id.Plane: "kubernetes" } started && cut.Add(started.Change.Id)) cancel.Cancel();
        }
    }
}
