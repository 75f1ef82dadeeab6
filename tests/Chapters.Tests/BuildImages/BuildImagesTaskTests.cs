using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters.Tests;

/// <summary>Which images a manifest asks for, and with which options.</summary>
public sealed class BuildImagesTaskTests
{
    private static readonly ResourceId Host = new("machine", "host", "vm");

    [Theory]
    [InlineData("containerExec spark")]
    [InlineData("containerExec spark cde", "images.cde.build=true")]
    [InlineData("spark", "images.containerExec.build=false")]
    [InlineData("containerExec spark", "dss.nodeType=automation")]
    public void The_manifest_says_which_images_are_built(string kinds, params string[] sets) =>
        Assert.Equal(kinds, string.Join(' ', Declared(sets).Select(image => image.Id.Name)));

    [Theory]
    [InlineData("api")]
    [InlineData("govern")]
    public void Nodes_that_run_nothing_in_containers_have_no_images(string node)
    {
        var manifest = Examples.Read("minimal");

        Assert.Empty(new BuildImagesTask(Working).Declare(manifest with { Dss = manifest.Dss with { NodeType = node } }));
    }

    [Fact]
    public void A_machine_that_nobody_can_work_in_is_said()
    {
        var task = new BuildImagesTask(Machine.Nowhere(Host, "there is no way in"));

        Assert.Equal("there is no way in", task.NotYet);
        Assert.Empty(task.Declare(Examples.Read("reference")));
    }

    [Fact]
    public void Every_key_becomes_one_word_of_the_command_line()
    {
        var options = Options(
            BaseImageKind.ContainerExec,
            "images.containerExec={ distribution: almalinux9, r: true, python: [\"3.10\", \"3.11\"], cudaVersion: \"11.8\", systemPackages: [git, jq], buildOptions: [--pull, --ulimit nofile=1] }",
            "images.httpProxy=http://proxy:3128",
            "images.noProxy=[a.example, .b]",
            "images.cranMirror=https://cran.example/x,y");

        Assert.Equal(
            ["--type=container-exec", "--mode=build", "--distrib=almalinux9", "--with-r", "--with-py310", "--with-py311", "--with-cuda", "--cuda-version=11.8", "--system-packages=git,jq", "--http-proxy=http://proxy:3128", "--no-proxy=a.example,.b", "--cran-mirror=https://cran.example/x,y", "--docker-build-opt=--pull", "--docker-build-opt=--ulimit nofile=1"],
            options.Arguments);
    }

    [Fact]
    public void A_prebuilt_image_is_made_from_its_source()
    {
        var options = Options(BaseImageKind.Spark, "images.spark={ mode: download, sourceImage: mirror.example/spark:1, r: true }");

        Assert.Equal(["--type=spark", "--mode=download", "--source-image=mirror.example/spark:1"], options.Arguments);
    }

    [Fact]
    public void Each_option_names_the_key_that_asks_for_it()
    {
        var options = Options(BaseImageKind.Spark, "images.spark={ tag: \"own:1\", python: [\"3.12\"], dockerfileAppend: LABEL a=b }", "images.cranMirror=https://cran.example");

        Assert.Contains("--with-py312 images.spark.python", options.Needs);
        Assert.Contains("--tag images.spark.tag", options.Needs);
        Assert.Contains("--dockerfile-append images.spark.dockerfileAppend", options.Needs);
        Assert.Contains("--cran-mirror images.cranMirror", options.Needs);
    }

    [Fact]
    public void Passwords_in_the_proxy_or_in_build_options_are_not_in_the_image()
    {
        var image = Declared("images.httpProxy=http://proxy:3128/hunter2", "images.spark.buildOptions=[--build-arg=TOKEN=hunter2]").Single(image => image.Id.Name == "spark");

        Assert.DoesNotContain("hunter2", image.Desired!.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("images.httpProxy=http://proxy:3128", "containerExec spark")]
    [InlineData("images.spark.systemPackages=[jq]", "spark")]
    [InlineData("dss.sparkVersion=3.5.9", "spark")]
    [InlineData("dss.version=14.9.9", "containerExec spark")]
    public void Only_images_whose_inputs_changed_differ(string set, string changed)
    {
        var before = Declared().ToDictionary(image => image.Id, image => image.Desired!.ToJsonString());

        var after = Declared(set);

        Assert.Equal(changed, string.Join(' ', after.Where(image => image.Desired!.ToJsonString() != before[image.Id]).Select(image => image.Id.Name)));
    }

    private static Machine Working => new(new() { Host = Host }, new ProcessShell("false", []), TimeProvider.System);

    private static IReadOnlyList<Resource> Declared(params string[] sets) => [.. new BuildImagesTask(Working).Declare(Examples.Read("reference", sets))];

    private static ImageOptions Options(BaseImageKind kind, params string[] sets) => new(Examples.Read("reference", sets), kind);
}
