using DssPipeline.Convergence;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>Base images by a real engine, through the agent's script and the dssadmin of the sandbox's kit.</summary>
[TakesMinutes]
public sealed class BuildImagesTests(Engine engine) : IClassFixture<Engine>
{
    [Fact]
    public async Task Images_are_built_and_found_in_the_engine()
    {
        await using var machine = await ImageMachine.StartAsync(engine);

        var plan = await machine.PlanAsync();
        var report = await machine.DeployAsync();

        Assert.Equal(["machine/baseImage/containerExec", "machine/baseImage/spark"], Changed(plan));
        Good(report);
        Assert.Equal(["container-exec", "spark"], machine.Builds.Order(StringComparer.Ordinal));
        foreach (var kind in (string[])["exec", "spark"]) Assert.StartsWith("sha256:", await IdAsync(machine.Tag(kind)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Second_run_builds_nothing()
    {
        await using var machine = await BuiltAsync();

        var plan = await machine.PlanAsync();
        await machine.DeployAsync();

        Assert.True(plan.IsEmpty, Rehearsed.Text(plan));
        Assert.Equal(2, machine.Builds.Count);
    }

    [Theory]
    [InlineData("images.spark.r=true", "/inputs/r: false → true")]
    [InlineData("images.spark.python=[\"3.11\"]", "/inputs/python: none → 3.11")]
    [InlineData("images.spark.dockerfileAppend=LABEL a=b", "/inputs/dockerfileAppend: none → ")]
    [InlineData("images.spark.buildOptions=[--label=c=d]", "/inputs/buildOptions: none → ")]
    public async Task A_changed_input_rebuilds_exactly_that_image(string set, string difference)
    {
        await using var machine = await BuiltAsync();
        var (other, before) = (await IdAsync(machine.Tag("exec")), await IdAsync(machine.Tag("spark")));

        var plan = await machine.PlanAsync(set);
        var report = await machine.DeployAsync(set);
        var after = await machine.PlanAsync(set);

        Assert.Equal(["machine/baseImage/spark"], Changed(plan));
        Assert.Contains(difference, Rehearsed.Text(plan), StringComparison.Ordinal);
        Good(report);
        Assert.True(after.IsEmpty, Rehearsed.Text(after));
        Assert.Equal("spark", machine.Builds[2]);
        Assert.Equal(3, machine.Builds.Count);
        Assert.Equal(other, await IdAsync(machine.Tag("exec")));
        Assert.NotEqual(before, await IdAsync(machine.Tag("spark")));
    }

    [Fact]
    public async Task What_the_manifest_no_longer_says_is_a_change_too()
    {
        await using var machine = await BuiltAsync("images.spark.r=true");

        Assert.Contains("/inputs/r: true → false", Rehearsed.Text(await machine.PlanAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_version_of_DSS_builds_every_image_under_its_new_name_and_leaves_the_older_ones()
    {
        await using var machine = await BuiltAsync();
        var early = await machine.DeployAsync("dss.version=14.3.1");
        machine.Upgrade("14.3.1");

        var report = await machine.DeployAsync("dss.version=14.3.1");

        Assert.Contains("is 14.2.0, and images for 14.3.1 are wished", Rehearsed.Failures(early), StringComparison.Ordinal);
        Good(report);
        Assert.Equal(4, machine.Builds.Count);
        foreach (var (kind, version) in (IEnumerable<(string, string)>)[("exec", "14.3.1"), ("spark", "14.3.1"), ("exec", "14.2.0"), ("spark", "14.2.0")])
        {
            Assert.StartsWith("sha256:", await IdAsync(machine.Tag(kind, version)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_removed_image_is_named_and_built_again()
    {
        await using var machine = await BuiltAsync();
        await engine.DockerAsync("image", "rm", machine.Tag("spark"));

        var plan = await machine.PlanAsync();
        await machine.DeployAsync();

        Assert.Equal(["machine/baseImage/spark"], Changed(plan));
        Assert.Equal("spark", machine.Builds[2]);
        Assert.True((await machine.PlanAsync()).IsEmpty);
    }

    [Fact]
    public async Task An_image_of_somebody_else_under_our_name_is_replaced_and_left_to_him()
    {
        await using var machine = await BuiltAsync();
        await machine.RunAsync("printf 'FROM scratch\\nLABEL of=somebody\\n' | docker build --quiet --tag somebody:else -");
        await engine.DockerAsync("tag", "somebody:else", machine.Tag("spark"));

        var plan = await machine.PlanAsync();
        var report = await machine.DeployAsync();

        Assert.Equal(["machine/baseImage/spark"], Changed(plan));
        Good(report);
        Assert.Contains("somebody:else", await engine.NamesAsync());
        Assert.True((await machine.PlanAsync()).IsEmpty);
    }

    [Fact]
    public async Task The_image_that_was_replaced_takes_no_room_any_more()
    {
        // Images of other tests stand on what the engine has cached of equal builds.
        await using var machine = await BuiltAsync("images.spark.buildOptions=[--label=only=here]");
        var before = await IdAsync(machine.Tag("spark"));

        Good(await machine.DeployAsync("images.spark.r=true"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => IdAsync(before));
    }

    [Fact]
    public async Task A_kit_without_build_options_builds_once_all_the_same()
    {
        await using var machine = await ImageMachine.StartAsync(engine);
        machine.Forget(" --docker-build-opt --copy-to-buildenv");

        var report = await machine.DeployAsync();
        var again = await machine.PlanAsync();

        Good(report);
        Assert.True(again.IsEmpty, Rehearsed.Text(again));
        Assert.Equal(2, machine.Builds.Count);
    }

    [Fact]
    public async Task An_image_made_from_ours_under_our_name_is_told_from_ours()
    {
        await using var machine = await BuiltAsync();
        var ours = await IdAsync(machine.Tag("spark"));
        await machine.RunAsync($"cd /tmp && echo more >more && printf 'FROM {machine.Tag("spark")}\nCOPY more /more\n' >Dockerfile && docker build --quiet --tag {machine.Tag("spark")} --tag derived:{machine.InstallId.ToLowerInvariant()} .");

        var plan = await machine.PlanAsync();
        var report = await machine.DeployAsync();

        Assert.NotEqual(ours, await IdAsync($"derived:{machine.InstallId.ToLowerInvariant()}"));
        Assert.Equal(["machine/baseImage/spark"], Changed(plan));
        Good(report);
        Assert.True((await machine.PlanAsync()).IsEmpty);
    }

    [Fact]
    public async Task An_option_that_the_kit_does_not_know_is_refused_before_anything_is_built()
    {
        await using var machine = await ImageMachine.StartAsync(engine);
        machine.Forget("312,");

        var report = await machine.DeployAsync("images.containerExec.python=[\"3.12\"]", "images.spark.build=false");

        Assert.Contains("images.containerExec.python asks for the option --with-py312 of dssadmin build-base-image, which DSS 14.2.0 does not have", Rehearsed.Failures(report), StringComparison.Ordinal);
        Assert.Empty(machine.Builds);
    }

    [Fact]
    public async Task A_build_that_fails_shows_its_last_lines_and_the_next_run_builds()
    {
        await using var machine = await ImageMachine.StartAsync(engine);

        var failed = await machine.DeployAsync("images.spark.dockerfileAppend=COPY nowhere /nothing");
        var next = await machine.DeployAsync();

        Assert.Contains("Command failed: ['docker build", Rehearsed.Failures(failed), StringComparison.Ordinal);
        Assert.Contains("nowhere", Rehearsed.Failures(failed), StringComparison.Ordinal);
        Assert.DoesNotContain("containerExec", Rehearsed.Failures(failed), StringComparison.Ordinal);
        Good(next);
    }

    [Fact]
    public async Task What_dssadmin_says_instead_of_its_options_is_told_however_short()
    {
        await using var machine = await ImageMachine.StartAsync(engine);
        machine.Write("bin/env-site.sh", "echo 'no java here' >&2; exit 3\n");

        var report = await machine.DeployAsync("images.spark.build=false");

        Assert.Contains("dssadmin of DSS 14.2.0 does not tell its options: no java here", Rehearsed.Failures(report), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_Spark_integration_the_other_image_is_built()
    {
        await using var machine = await ImageMachine.StartAsync(engine);
        machine.Remove("bin/env-spark.sh");

        var report = await machine.DeployAsync();

        Assert.Contains("Set up the Spark integration first", Rehearsed.Failures(report), StringComparison.Ordinal);
        Assert.Equal(["container-exec"], machine.Builds);
    }

    [Fact]
    public async Task Values_reach_the_kit_to_the_letter()
    {
        await using var machine = await ImageMachine.StartAsync(engine);
        const string Nasty = "a 'b' \"c\" $(touch /pwned) `touch /pwned` ; touch /pwned ü";

        var report = await machine.DeployAsync($"images.containerExec.buildOptions=['--label=nasty={Nasty.Replace("'", "''", StringComparison.Ordinal)}']", "images.spark.build=false");

        Good(report);
        Assert.Equal(Nasty, await engine.DockerAsync("image", "inspect", "--format", "{{index .Config.Labels \"nasty\"}}", machine.Tag("exec")));
        Assert.False(machine.Has("/pwned") || File.Exists("/pwned"));
        Assert.DoesNotContain(machine.Read("run/environment.log").Split('\n'), line => line.StartsWith("given", StringComparison.Ordinal) || line.StartsWith("SUDO", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_built_image_can_be_pushed_to_a_registry()
    {
        await using var machine = await BuiltAsync();
        var remote = $"{engine.Registry}/{machine.Tag("exec")}";

        await engine.DockerAsync("tag", machine.Tag("exec"), remote);
        await engine.DockerAsync("push", remote);

        Assert.Contains("dss-pipeline.inputs", await engine.SkopeoAsync("inspect", "--tls-verify=false", $"docker://{remote}"), StringComparison.Ordinal);
        Assert.True((await machine.PlanAsync()).IsEmpty);
    }

    private static void Good(Report report) => Assert.True(report.Outcomes.All(outcome => outcome.IsGood), Rehearsed.Failures(report));

    private static IReadOnlyList<string> Changed(Plan plan) => [.. plan.Changes.Where(change => change.Verb != Verb.Keep).Select(change => $"{change.Resource.Id}")];

    private async Task<ImageMachine> BuiltAsync(params string[] sets)
    {
        var machine = await ImageMachine.StartAsync(engine);
        Good(await machine.DeployAsync(sets));
        return machine;
    }

    private Task<string> IdAsync(string image) => engine.DockerAsync("image", "inspect", "--format", "{{.Id}}", image);
}
