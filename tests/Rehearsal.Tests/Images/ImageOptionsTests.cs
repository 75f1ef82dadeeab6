using DssPipeline.Convergence;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>Every key of an image reaches the kit, and what the kit makes of it is in the engine.</summary>
public sealed class ImageOptionsTests(Engine engine) : IClassFixture<Engine>
{
    private const string NoSpark = "images.spark.build=false";

    [Fact]
    public async Task Every_key_of_a_build_reaches_the_kit()
    {
        await using var machine = await ImageMachine.StartAsync(engine);
        var tag = $"own/image-{machine.InstallId.ToLowerInvariant()}:1";
        string[] sets =
        [
            NoSpark, "images.containerExec={ distribution: almalinux8, r: true, python: [\"3.10\"], cudaVersion: \"11.8\", systemPackages: [git, jq], buildOptions: [--label=of=somebody] }", $"images.containerExec.tag={tag}",
            "images.containerExec.dockerfilePrepend=LABEL first=1", "images.containerExec.dockerfileAppend=LABEL last=2", "images.httpProxy=http://proxy:3128", "images.noProxy=[a.example, .b]", "images.cranMirror=https://cran.example",
        ];

        var report = await machine.DeployAsync(sets);
        var again = await machine.PlanAsync(sets);

        Good(report);
        Assert.True(again.IsEmpty, Rehearsed.Text(again));
        Assert.StartsWith(
            $"--type=container-exec --mode=build --distrib=almalinux8 --with-r --with-py310 --with-cuda --cuda-version=11.8 --system-packages=git,jq --http-proxy=http://proxy:3128 --no-proxy=a.example,.b --cran-mirror=https://cran.example --docker-build-opt=--label=of=somebody --tag={tag} --dockerfile-prepend=/run/dss-image.",
            Assert.Single(machine.Orders),
            StringComparison.Ordinal);
        Assert.Equal("somebody 1 2", await LabelsAsync(tag, "of", "first", "last"));
    }

    [Fact]
    public async Task A_prebuilt_image_that_is_in_the_engine_is_used()
    {
        await using var machine = await ImageMachine.StartAsync(engine);
        await machine.RunAsync("printf 'FROM scratch\\nLABEL from=prebuilt\\n' | docker build --quiet --tag prebuilt:1 -");

        var report = await machine.DeployAsync(NoSpark, "images.containerExec={ mode: use, sourceImage: \"prebuilt:1\" }");
        var again = await machine.PlanAsync(NoSpark, "images.containerExec={ mode: use, sourceImage: \"prebuilt:1\" }");

        Good(report);
        Assert.True(again.IsEmpty, Rehearsed.Text(again));
        Assert.Equal("prebuilt", await LabelsAsync(machine.Tag("exec"), "from"));
        Assert.Contains("prebuilt:1", await engine.NamesAsync());
    }

    [Fact]
    public async Task A_prebuilt_image_is_downloaded_from_its_registry()
    {
        await using var machine = await ImageMachine.StartAsync(engine);
        var source = $"{engine.Registry}/mirror/cde:1";
        await machine.RunAsync($"printf 'FROM scratch\\nLABEL from=registry\\n' | docker build --quiet --tag {source} - && docker push --quiet {source} && docker image rm {source}");
        string[] sets = [NoSpark, "images.containerExec.build=false", $"images.cde={{ build: true, mode: download, sourceImage: \"{source}\" }}"];

        var report = await machine.DeployAsync(sets);
        var again = await machine.PlanAsync(sets);

        Good(report);
        Assert.True(again.IsEmpty, Rehearsed.Text(again));
        Assert.Equal("registry", await LabelsAsync(machine.Tag("cde"), "from"));
    }

    [Fact]
    public async Task A_source_that_nobody_has_is_told_in_the_words_of_the_engine()
    {
        await using var machine = await ImageMachine.StartAsync(engine);

        var report = await machine.DeployAsync(NoSpark, $"images.containerExec={{ mode: download, sourceImage: \"{engine.Registry}/nobody/has:1\" }}");

        Assert.Contains("nobody/has", Rehearsed.Failures(report), StringComparison.Ordinal);
        Assert.Contains("not found", Rehearsed.Failures(report), StringComparison.Ordinal);
    }

    private static void Good(Report report) => Assert.True(report.Outcomes.All(outcome => outcome.IsGood), Rehearsed.Failures(report));

    private Task<string> LabelsAsync(string image, params string[] names) =>
        engine.DockerAsync("image", "inspect", "--format", string.Join(' ', names.Select(name => $"{{{{index .Config.Labels \"{name}\"}}}}")), image);
}
