using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters.Tests;

/// <summary>Projects: what people did in them stays, and they go only when the manifest names them.</summary>
public sealed class ProjectTests
{
    private static readonly ResourceId Lab = new("dss", "project", "LAB");

    [Fact]
    public async Task What_people_did_in_a_project_stays()
    {
        await using var stage = await DssStage.StartAsync();
        await stage.Server.MustAsync("POST", "projects/", new { projectKey = "SALES", name = "Theirs", owner = "admin" });
        await stage.BendAsync("projects/SALES/metadata", metadata => (metadata["tags"], metadata["shortDesc"]) = (new JsonArray("theirs"), "kept"));
        await stage.BendAsync("projects/SALES/permissions", permissions => permissions["permissions"] = new JsonArray(Json.Of(new { group = "administrators", admin = true }), Json.Of(new { user = "ada", readProjectContent = true }), Json.Of(new { group = "readers", shareToWorkspaces = true })));
        await stage.BendAsync("projects/SALES/variables", variables => (variables["standard"], variables["local"]) = (new JsonObject { ["theirs"] = "1" }, new JsonObject { ["alsoTheirs"] = 2 }));
        await stage.BendAsync("projects/SALES/settings", settings => settings["settings"]!["flowDisplaySettings"] = new JsonObject { ["zonesGraphRenderingAlgorithm"] = "theirs" });

        var failures = await stage.MakeAsync(Used(stage, Everything.Read()));

        Assert.Equal("", failures);
        Assert.Equal("forecast sales theirs", string.Join(' ', (await stage.SeeAsync("projects/SALES/metadata"))!["tags"]!.AsArray()));
        Assert.Equal("kept", $"{(await stage.SeeAsync("projects/SALES/metadata"))!["shortDesc"]}");
        Assert.Equal("""[{"group":"administrators","admin":true},{"user":"ada","readProjectContent":true},{"group":"readers","admin":false,"readProjectContent":true,"writeProjectContent":false,"exportDatasetsData":false,"runScenarios":false,"moderateDashboards":true,"shareToWorkspaces":true},{"group":"data-scientists","admin":false,"readProjectContent":true,"writeProjectContent":true,"exportDatasetsData":false,"runScenarios":true}]""", ((await stage.SeeAsync("projects/SALES/permissions"))!["permissions"]!.ToJsonString()));
        Assert.Equal("""{"theirs":"1","region":"emea"} {"alsoTheirs":2,"dss-pipeline.project.SALES":"demo"}""", await VariablesAsync(stage, "SALES"));
        Assert.Equal("theirs", $"{(await stage.SeeAsync("projects/SALES/settings"))!["settings"]!["flowDisplaySettings"]!["zonesGraphRenderingAlgorithm"]}");
        Assert.Equal("""{"clusterMode":"EXPLICIT_CLUSTER","clusterId":"aks-demo"}""", (await stage.SeeAsync("projects/SALES/settings"))!["settings"]!["k8sCluster"]!.ToJsonString());
    }

    [Theory]
    [InlineData("", "/permissions/readers/nonsense, /permissions/readers/more")]
    [InlineData("keep-unknown", null)]
    public async Task Every_right_that_DSS_drops_is_named(string habits, string? dropped)
    {
        await using var stage = await DssStage.StartAsync(habits);

        var failures = await stage.MakeAsync(Used(stage, Everything.Read("projects[SALES].permissions[readers].rights={ nonsense: true, moderateDashboards: true, more: 1 }")));

        Assert.Equal(dropped is not null, failures.Contains("dss/projectPermissions/SALES: DSS dropped settings", StringComparison.Ordinal));
        Assert.Contains(dropped ?? "", failures, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_project_that_names_no_cluster_follows_the_default_one_again()
    {
        await using var stage = await DssStage.StartAsync();
        var manifest = Everything.Read();
        Assert.Equal("", await stage.MakeAsync(Used(stage, manifest)));
        var following = manifest with { Projects = [manifest.Projects[0] with { Cluster = null, ExecutionConfig = null }] };

        var plan = await stage.PlanAsync(Used(stage, following));
        var failures = await stage.MakeAsync(Used(stage, following));

        Snapshot.Matches(new PlanText(Style.Plain).Of("demo", plan), Path.Combine(Snapshot.Folder(), "ProjectTests.inherited.verified.txt"));
        Assert.Equal("", failures);
        Assert.Equal("""{"clusterMode":"INHERIT"} {"containerMode":"INHERIT"}""", $"{(await stage.SeeAsync("projects/SALES/settings"))!["settings"]!["k8sCluster"]!.ToJsonString()} {(await stage.SeeAsync("projects/SALES/settings"))!["settings"]!["container"]!.ToJsonString()}");
    }

    [Fact]
    public async Task A_project_that_the_manifest_no_longer_names_is_left_alone_unless_it_may_go()
    {
        await using var stage = await DssStage.StartAsync();
        var manifest = Everything.Read();
        Assert.Equal("", await stage.MakeAsync(Used(stage, manifest)));
        var without = manifest with { Projects = [manifest.Projects[0]] };
        var allowed = without with { Policy = manifest.Policy with { AllowDelete = [$"{Lab}"] } };

        var silent = await stage.PlanAsync(Used(stage, without), Leftovers(stage, without));
        var refused = await stage.MakeAsync(Used(stage, allowed), Leftovers(stage, allowed));
        var failures = await stage.MakeAsync(Used(stage, allowed), Leftovers(stage, allowed), Lab);

        Assert.True(silent.IsEmpty, DssPromisesTests.Paths(silent));
        Assert.Contains("Removal not allowed", refused, StringComparison.Ordinal);
        Assert.Equal("", failures);
        Assert.Equal(["SALES"], (await stage.SeeAsync("projects"))!.AsArray().Select(project => $"{project!["projectKey"]}"));
    }

    [Fact]
    public async Task A_project_of_somebody_else_does_not_go_even_when_it_is_named()
    {
        await using var stage = await DssStage.StartAsync();
        await stage.Server.MustAsync("POST", "projects/", new { projectKey = "LAB", name = "Theirs", owner = "admin" });
        var manifest = Everything.Read() with { Projects = [] };
        var allowed = manifest with { Policy = manifest.Policy with { AllowDelete = [$"{Lab}"] } };

        var plan = await stage.PlanAsync(Used(stage, allowed), Leftovers(stage, allowed));

        Assert.DoesNotContain(plan.Changes, change => change.Id == Lab);
    }

    [Fact]
    public async Task The_first_plan_reads_well()
    {
        await using var stage = await DssStage.StartAsync();

        var plan = await stage.PlanAsync(Used(stage, Everything.Read()));

        Snapshot.Matches(new PlanText(Style.Plain).Of("demo", plan), Path.Combine(Snapshot.Folder(), "ProjectTests.nothing-is-there.verified.txt"));
    }

    private static IEnumerable<Resource> Used(DssStage stage, Manifest manifest)
    {
        var dss = stage.Client();
        return manifest.Dss.Groups.Select(group => new DssGroup(dss, manifest, group))
            .Concat(manifest.Containers.ExecutionConfigs.Select(config => DssStage.There(Names.ExecutionConfig(config.Name))))
            .Concat(new UseClusterTask(dss).Declare(manifest));
    }

    private static IReadOnlyList<LeftoverSearch> Leftovers(DssStage stage, Manifest manifest) => [.. new UseClusterTask(stage.Client()).Search(manifest)];

    private static async Task<string> VariablesAsync(DssStage stage, string key)
    {
        var variables = (await stage.SeeAsync($"projects/{key}/variables"))!;
        return $"{variables["standard"]!.ToJsonString()} {variables["local"]!.ToJsonString()}";
    }
}
