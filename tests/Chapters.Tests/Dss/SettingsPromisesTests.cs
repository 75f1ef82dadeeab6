using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters.Tests;

/// <summary>Each kind in the general settings of DSS against the DSS of the sandbox: made, kept, repaired, finished after a cut.</summary>
public sealed class SettingsPromisesTests
{
    private const string General = "admin/general-settings";

    private static readonly string[] Habits = ["", "redact-secrets", "empty-secrets", "absent-secrets"];

    public static TheoryData<string, string> Places => [.. from name in SettingsKinds.All.Keys from version in Versions(name) select (name, version)];

    public static TheoryData<string, string, string> Habitual => [.. from name in SettingsKinds.All.Keys from version in Versions(name) from habits in Habits select (name, version, habits)];

    [Theory, MemberData(nameof(Habitual))]
    public async Task It_is_made_kept_and_repaired(string name, string version, string habits)
    {
        var (kind, manifest) = (SettingsKinds.All[name], SettingsKinds.Read(version));
        await using var stage = await DssStage.StartAsync(habits, version);
        await stage.BendAsync(General, Furnish);

        var absent = await stage.PlanAsync(kind.Wish(stage.Client(), manifest));
        var failures = await stage.MakeAsync(kind.Wish(stage.Client(), manifest));
        var second = await stage.PlanAsync(kind.Wish(stage.Client(), manifest));
        await stage.BendAsync(General, settings => kind.Bend(settings, version == SettingsKinds.Split));
        var bent = await stage.PlanAsync(kind.Wish(stage.Client(), manifest));
        var repairFailures = await stage.MakeAsync(kind.Wish(stage.Client(), manifest));
        var last = await stage.PlanAsync(kind.Wish(stage.Client(), manifest));

        Assert.False(absent.IsEmpty);
        Assert.Equal(("", ""), (failures, repairFailures));
        Assert.True(second.IsEmpty, DssPromisesTests.Paths(second));
        Assert.Equal(kind.Bent(version == SettingsKinds.Split), DssPromisesTests.Paths(bent));
        Assert.True(last.IsEmpty, DssPromisesTests.Paths(last));
        Assert.Equal("theirs", SettingsKinds.Named((await stage.SeeAsync(General))!["containerSettings"]!["executionConfigs"]!, "theirs")["name"]!.ToString());
    }

    [Theory, MemberData(nameof(Places))]
    public async Task Killed_at_any_request_the_next_run_converges(string name, string version)
    {
        var (kind, manifest) = (SettingsKinds.All[name], SettingsKinds.ReadOneOfEach(version));
        for (var requests = 1; ; requests++)
        {
            await using var stage = await DssStage.StartAsync("", version);

            var killed = await stage.MakeAsync(Own(stage.Client(requests)));
            var next = await stage.MakeAsync(Own(stage.Client()));
            var last = await stage.PlanAsync(Own(stage.Client()));

            Assert.True(next is "", $"after request {requests}: {next}");
            Assert.True(last.IsEmpty, $"after request {requests}: {DssPromisesTests.Paths(last)}");
            if (killed is "") return;
        }

        IEnumerable<Resource> Own(Dss dss) => kind.Wish(dss, manifest).Where(resource => resource.Id.Kind == name || resource is ImageBuildConfig);
    }

    [Theory]
    [InlineData(SettingsKinds.Flat)]
    [InlineData(SettingsKinds.Split)]
    public async Task A_secret_that_is_rotated_shows_and_arrives_and_reaches_no_plan(string version)
    {
        var kind = SettingsKinds.All["sparkConfig"];
        await using var stage = await DssStage.StartAsync("", version);
        await stage.MakeAsync(kind.Wish(stage.Client(), SettingsKinds.Read(version)));
        var rotated = kind.Wish(stage.Client(), SettingsKinds.Read(version, "spark.configs[spark-small].secretConf[spark.hadoop.secret].value=${env:ADA_PASSWORD}"));

        var plan = await stage.PlanAsync(rotated);
        var failures = await stage.MakeAsync(rotated);
        var after = await stage.PlanAsync(rotated);

        Assert.Equal("dss/sparkConfig/spark-small/secret", DssPromisesTests.Paths(plan));
        Assert.DoesNotContain("hunter2", new PlanText(Style.Plain).Of("demo", plan), StringComparison.Ordinal);
        Assert.Equal("", failures);
        Assert.True(after.IsEmpty, DssPromisesTests.Paths(after));
    }

    [Theory]
    [InlineData(SettingsKinds.Flat)]
    [InlineData(SettingsKinds.Split)]
    public async Task A_renamed_configuration_is_made_and_the_old_one_goes_only_when_it_is_named(string version)
    {
        await using var stage = await DssStage.StartAsync("", version);
        var task = new ConfigureSparkTask(stage.Client(), DssStage.Vault);
        Assert.Equal("", await stage.MakeAsync(task.Declare(SettingsKinds.Read(version))));
        var renamed = SettingsKinds.Read(version, "spark.configs=[{ name: spark-new }]");
        var allowed = SettingsKinds.Read(version, "spark.configs=[{ name: spark-new }]", "policy.allowDelete=[dss/sparkConfig/spark-small]");

        var plan = await stage.PlanAsync(task.Declare(renamed), task.Search(renamed));
        var failures = await stage.MakeAsync(task.Declare(renamed), [.. task.Search(renamed)]);
        var kept = await NamesAsync(stage);
        var removal = await stage.MakeAsync(task.Declare(allowed), [.. task.Search(allowed)], new ResourceId("dss", "sparkConfig", "spark-small"));
        var last = await NamesAsync(stage);

        Assert.Equal([Verb.Create], plan.Changes.Where(change => change.Resource is SparkConfig).Select(change => change.Verb));
        Assert.Equal(("", ""), (failures, removal));
        Assert.Equal(["spark-large", "spark-new", "spark-small"], kept);
        Assert.Equal(["spark-large", "spark-new"], last);
    }

    [Fact]
    public async Task What_names_an_image_build_configuration_goes_before_it()
    {
        await using var stage = await DssStage.StartAsync("", SettingsKinds.Split);
        var (spark, containers) = (new ConfigureSparkTask(stage.Client(), DssStage.Vault), new ConfigureContainersTask(stage.Client(), DssStage.Vault));
        var before = SettingsKinds.Read(SettingsKinds.Split);
        Assert.Equal("", await stage.MakeAsync([.. containers.Declare(before), .. spark.Declare(before)]));
        string[] gone = ["dss/imageBuildConfig/small", "dss/executionConfig/small", "dss/imageBuildConfig/spark-small-spark", "dss/sparkConfig/spark-small"];
        var ids = gone.Select(text => ResourceId.TryParse(text, out var id) ? id : default).ToList();
        var now = SettingsKinds.Read(SettingsKinds.Split, "containers.executionConfigs=[{ name: large }]", "spark.configs=[{ name: spark-large }]", $"policy.allowDelete=[{string.Join(", ", gone)}]");

        var failures = await stage.MakeAsync([.. containers.Declare(now), .. spark.Declare(now)], [.. containers.Search(now), .. spark.Search(now)], ids);
        var left = (await stage.SeeAsync(General))!;

        Assert.Equal("", failures);
        Assert.Equal(["large", "spark-large-spark"], left["containerSettings"]!["buildConfigs"]!.AsArray().Select(config => config!["name"]!.ToString()).Order());
        Assert.Equal(["large"], left["containerSettings"]!["executionConfigs"]!.AsArray().Select(config => config!["name"]!.ToString()));
    }

    [Fact]
    public async Task A_configuration_that_others_made_is_never_removed()
    {
        await using var stage = await DssStage.StartAsync();
        await stage.BendAsync(General, Furnish);
        var manifest = SettingsKinds.Read(SettingsKinds.Flat, "policy.allowDelete=[dss/executionConfig/theirs]");
        var task = new ConfigureContainersTask(stage.Client(), DssStage.Vault);

        var failures = await stage.MakeAsync(task.Declare(manifest), [.. task.Search(manifest)], new ResourceId("dss", "executionConfig", "theirs"));

        Assert.Equal("", failures);
        Assert.NotNull(SettingsKinds.Named((await stage.SeeAsync(General))!["containerSettings"]!["executionConfigs"]!, "theirs"));
    }

    [Fact]
    public async Task A_configuration_of_another_deployment_is_refused()
    {
        await using var stage = await DssStage.StartAsync();
        var kind = SettingsKinds.All["executionConfig"];
        await stage.MakeAsync(kind.Wish(stage.Client(), SettingsKinds.Read(SettingsKinds.Flat)));

        var plan = await stage.PlanAsync(kind.Wish(stage.Client(), SettingsKinds.Read(SettingsKinds.Flat) with { Name = "other" }));

        Assert.All(plan.Changes, change => Assert.Equal((Verb.Refuse, "Belongs to another deployment"), (change.Verb, change.Problem!.Summary)));
    }

    [Theory]
    [InlineData(SettingsKinds.Flat, "/containerSettings/executionConfigs/large/nonsense")]
    [InlineData(SettingsKinds.Split, "/containerSettings/executionConfigs/large/nonsense")]
    public async Task What_DSS_does_not_know_is_named(string version, string pointer)
    {
        await using var stage = await DssStage.StartAsync("", version);
        var manifest = SettingsKinds.Read(version, "containers.executionConfigs[large].settings={ nonsense: 1 }");

        var failures = await stage.MakeAsync(SettingsKinds.All["executionConfig"].Wish(stage.Client(), manifest));

        Assert.Contains("DSS dropped settings", failures, StringComparison.Ordinal);
        Assert.Contains(pointer, failures, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SettingsKinds.Flat)]
    [InlineData(SettingsKinds.Split)]
    public async Task What_a_DSS_keeps_without_knowing_it_is_ours_where_we_wrote_it_and_theirs_where_they_did(string version)
    {
        await using var stage = await DssStage.StartAsync("keep-unknown", version);
        await stage.BendAsync(General, settings => settings["theirs"] = Json.Of(new { kept = 1 }));
        await stage.BendAsync(General, settings => ((JsonArray)settings["containerSettings"]!["executionConfigs"]!).Add(Json.Of(new { name = "theirs", type = "KUBERNETES", nonsense = "theirs" })));
        var manifest = SettingsKinds.Read(version, "containers.executionConfigs[large].settings={ nonsense: ours }");

        var failures = await stage.MakeAsync(Wish());
        var second = await stage.PlanAsync(Wish());
        await stage.BendAsync(General, settings => SettingsKinds.Named(settings["containerSettings"]!["executionConfigs"]!, "large")["nonsense"] = "bent");
        var bent = await stage.PlanAsync(Wish());
        var repairFailures = await stage.MakeAsync(Wish());
        var last = (await stage.SeeAsync(General))!;

        Assert.Equal(("", ""), (failures, repairFailures));
        Assert.True(second.IsEmpty, DssPromisesTests.Paths(second));
        Assert.Equal("dss/executionConfig/large/nonsense", DssPromisesTests.Paths(bent));
        Assert.Equal(("ours", "theirs"), (Nonsense("large"), Nonsense("theirs")));
        Assert.Equal(1, (int)last["theirs"]!["kept"]!);

        IEnumerable<Resource> Wish() => SettingsKinds.All["executionConfig"].Wish(stage.Client(), manifest);
        string Nonsense(string name) => $"{SettingsKinds.Named(last["containerSettings"]!["executionConfigs"]!, name)["nonsense"]}";
    }

    [Fact]
    public async Task What_no_key_says_is_laid_over_by_hand()
    {
        await using var stage = await DssStage.StartAsync("", SettingsKinds.Split);
        var manifest = SettingsKinds.Read(SettingsKinds.Split, "containers.executionConfigs[large].settings={ workloadType: X, kubernetesRuntimeConfig: { enableCustomSHM: true } }", "containers.executionConfigs[large].buildSettings={ imageBuilderType: DKU_IN_CLUSTER }");

        var failures = await stage.MakeAsync(SettingsKinds.All["executionConfig"].Wish(stage.Client(), manifest));
        var settings = (await stage.SeeAsync(General))!["containerSettings"]!;

        Assert.Equal("", failures);
        Assert.Equal("X", SettingsKinds.Named(settings["executionConfigs"]!, "large")["workloadType"]!.ToString());
        Assert.Equal("true", SettingsKinds.Named(settings["executionConfigs"]!, "large")["kubernetesRuntimeConfig"]!["enableCustomSHM"]!.ToString());
        Assert.Equal("DKU_IN_CLUSTER", SettingsKinds.Named(settings["buildConfigs"]!, "large")["imageBuilderType"]!.ToString());
    }

    [Fact]
    public async Task A_default_goes_with_the_configuration_that_it_names()
    {
        await using var stage = await DssStage.StartAsync();
        string[] without = ["projects[SALES].executionConfig=null", "policy.allowDelete=[dss/executionConfig/small]"];
        Assert.Equal("", await stage.MakeAsync(new ConfigureContainersTask(stage.Client(), DssStage.Vault).Declare(Everything.Read(["containers={ registryUrl: crdemo.azurecr.io, executionConfigs: [{ name: small }] }", .. without]))));
        var before = $"{(await stage.SeeAsync(General))!["containerSettings"]!["defaultExecutionConfig"]}";
        var none = Everything.Read(["containers={ executionConfigs: [] }", .. without]);
        var task = new ConfigureContainersTask(stage.Client(), DssStage.Vault);

        var failures = await stage.MakeAsync(task.Declare(none), [.. task.Search(none)], new ResourceId("dss", "executionConfig", "small"));

        var containers = (await stage.SeeAsync(General))!["containerSettings"]!;
        Assert.Equal(("", "small", "", 0), (failures, before, $"{containers["defaultExecutionConfig"]}", containers["executionConfigs"]!.AsArray().Count));
    }

    [Theory]
    [InlineData("", "theirs")]
    [InlineData(", default: none", "")]
    public async Task A_default_that_others_chose_stays_unless_the_manifest_says_one(string stated, string expected)
    {
        await using var stage = await DssStage.StartAsync();
        await stage.BendAsync(General, Furnish);
        await stage.BendAsync(General, settings => settings["containerSettings"]!["defaultExecutionConfig"] = "theirs");
        var manifest = Everything.Read($"containers={{ executionConfigs: []{stated} }}", "projects[SALES].executionConfig=null", "dss.settings={ limits: { maxRunningActivities: 7 } }");

        var failures = await stage.MakeAsync(new ConfigureContainersTask(stage.Client(), DssStage.Vault).Declare(manifest));
        var settings = (await stage.SeeAsync(General))!;

        Assert.Equal("", failures);
        Assert.Equal(expected, $"{settings["containerSettings"]!["defaultExecutionConfig"]}");
        Assert.Equal(7, (int)settings["limits"]!["maxRunningActivities"]!);
    }

    private static string[] Versions(string name) => SettingsKinds.All[name].OnlySplit ? [SettingsKinds.Split] : [SettingsKinds.Flat, SettingsKinds.Split];

    private static void Furnish(JsonNode settings) => ((JsonArray)settings["containerSettings"]!["executionConfigs"]!).Add(Json.Of(new { name = "theirs", type = "KUBERNETES" }));

    private static async Task<IEnumerable<string>> NamesAsync(DssStage stage) =>
        (await stage.SeeAsync(General))!["sparkSettings"]!["executionConfigs"]!.AsArray().Select(config => config!["name"]!.ToString()).Order();
}
