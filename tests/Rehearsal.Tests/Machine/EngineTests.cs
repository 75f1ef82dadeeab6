namespace DssPipeline.Rehearsal.Tests;

/// <summary>Base images by the whole deployment, with a real engine and a real registry inside the machine.</summary>
public sealed class EngineTests(EngineWorld built) : IClassFixture<EngineWorld>
{
    private const string Exec = "dku-exec-base";
    private const string Spark = "dku-spark-base";

    // The engine comes up a little after the sshd of a machine that boots.
    private const string Ready = "timeout 60 bash -c 'until sudo docker version >/dev/null 2>&1; do :; done' && ";

    private const string Tags = "sudo docker images --format '{{.Repository}}:{{.Tag}}' | grep ^dku-";

    [Fact]
    public async Task Images_are_found_in_the_engine_by_ssh_and_the_second_run_keeps_everything()
    {
        using var world = await built.CopyAsync();
        var images = await ImagesAsync(world);

        var again = await world.RunAsync();

        Assert.Equal([Exec, Spark], images.Keys.Order(StringComparer.Ordinal));
        again.Ends(0);
        Assert.Matches("^As wished: reference has ([0-9]+) resources, \\1 kept", again.Lines[^1]);
        Assert.Equal(images, await ImagesAsync(world));
    }

    [Fact]
    public async Task It_is_no_stand_in_and_the_files_of_DSS_are_in_the_image()
    {
        using var world = await built.CopyAsync();

        var engine = await SayAsync(world, "sudo docker info --format '{{.Driver}} {{.DockerRootDir}}'");
        var labels = await SayAsync(world, $"sudo docker image inspect --format '{{{{index .Config.Labels \"com.dataiku.dss.version\"}}}}' $({Tags})");
        var files = await SayAsync(world, $"for image in $({Tags}); do sudo docker save $image | tar -xO --wildcards '*/layer.tar' 2>/dev/null | tar -itf - opt/dataiku/dss-version.json; done");

        Assert.Equal("overlay2 /data/docker", engine);
        Assert.Equal($"{Stage.Reference.Dss.Version}\n{Stage.Reference.Dss.Version}", labels);
        Assert.Equal("opt/dataiku/dss-version.json\nopt/dataiku/dss-version.json", files);
    }

    [Fact]
    public async Task A_changed_key_rebuilds_exactly_that_image()
    {
        using var world = await built.CopyAsync();
        var before = await ImagesAsync(world);

        var run = await world.RunAsync("--set", "images.containerExec.systemPackages=[jq]", "--set", "images.containerExec.dockerfileAppend=LABEL by=hand");
        var after = await ImagesAsync(world);

        run.Ends(0).Says("/inputs/systemPackages: none → jq").Says("Plan: 1 to update; ");
        Assert.NotEqual(before[Exec], after[Exec]);
        Assert.Equal(before[Spark], after[Spark]);
    }

    [Fact]
    public async Task A_removed_image_is_named_by_Drift_and_built_again()
    {
        using var world = await built.CopyAsync();
        await SayAsync(world, $"sudo docker image rm $({Tags}spark)");

        var drift = await world.RunAsync("--target", "Drift");
        var run = await world.RunAsync();
        var images = await ImagesAsync(world);

        drift.Ends(2).Says("+ machine/baseImage/spark").Says("Plan: 2 to create; ");
        run.Ends(0);
        Assert.Equal([Exec, Spark], images.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_image_goes_to_a_registry_with_what_it_was_built_from()
    {
        using var world = await built.CopyAsync();
        const string Host = "/run/dss-sandbox/host-usr/bin";
        await SayAsync(world, $"printf 'version: 0.1\\nstorage: {{ filesystem: {{ rootdirectory: /data/registry }} }}\\nhttp: {{ addr: 127.0.0.1:5000 }}\\n' >registry.yml");

        var labels = await SayAsync(
            world,
            $$"""
            sudo setsid -f {{Host}}/docker-registry serve registry.yml >registry.log 2>&1
            timeout 60 bash -c 'until grep -q "listening on" registry.log; do :; done'
            image=$({{Tags}}spark) && sudo docker tag $image 127.0.0.1:5000/$image && sudo docker push --quiet 127.0.0.1:5000/$image >/dev/null &&
                {{Host}}/skopeo inspect --tls-verify=false --format '{{"{{"}}.Labels{{"}}"}}' docker://127.0.0.1:5000/$image
            """);

        Assert.Contains("dss-pipeline.inputs:", labels, StringComparison.Ordinal);
        Assert.Contains($"com.dataiku.dss.version:{Stage.Reference.Dss.Version}", labels, StringComparison.Ordinal);
    }

    /// <summary>The id of each base image by the first part of its name.</summary>
    private static async Task<IReadOnlyDictionary<string, string>> ImagesAsync(MachineWorld world)
    {
        var said = await SayAsync(world, "sudo docker images --no-trunc --format '{{.Repository}} {{.ID}}' | grep ^dku-");
        return said.Split('\n').Select(line => line.Split(' ')).ToDictionary(words => words[0][..words[0].LastIndexOf('-')], words => words[1], StringComparer.Ordinal);
    }

    private static async Task<string> SayAsync(MachineWorld world, string line) => (await world.LoginAsync(Ready + line)).Ends(0).Output.Trim();
}
