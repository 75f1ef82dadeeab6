using System.Text.Json.Nodes;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>The fleet of the examples: twelve manifests in three rings.</summary>
public sealed class FleetTests
{
    private const string Manifests = "examples/fleet/*/*.yml";

    [Fact]
    public async Task Twelve_deployments_in_three_rings_are_rehearsed()
    {
        using var stage = new Stage();

        var run = await stage.RunWithAsync(GitHub(stage), "--target", "Fleet", "--manifests", Manifests, "--report", stage.PathOf("report"));

        run.Ends(0).Says("As wished: 12 deployments in 3 rings.").Says("::group::examples/fleet/1-canary/lab.yml");
        var summary = File.ReadAllText(stage.PathOf("summary"));
        Assert.Equal(12, summary.Split('\n').Count(line => line.Contains("| as wished |", StringComparison.Ordinal)));
        Assert.Equal(12, Directory.GetFiles(stage.PathOf("report"), "report.html", SearchOption.AllDirectories).Length);
        Assert.True((bool)JsonNode.Parse(File.ReadAllText(stage.PathOf("report/fleet.json")))!["asWished"]!);
        Assert.Contains("failure-reason=none", File.ReadAllLines(stage.PathOf("output")));
    }

    [Fact]
    public async Task A_bad_one_in_the_first_ring_stops_the_others()
    {
        using var stage = new Stage();

        var run = await stage.RunAsync("--target", "Fleet", "--manifests", Manifests, "--faults", "fail-operation@PUT *storageAccounts/stdsslab code=AllocationFailed", "--output", "json");

        run.Ends(1).Complains("× examples/fleet/1-canary/lab.yml").Complains("= examples/fleet/1-canary/training.yml").Complains("Not as wished: ring 1-canary has 1 of 2 that failed (lab); not begun: 2-early, 3-everyone.");
        var rings = JsonNode.Parse(run.Output)!["rings"]!.AsArray();
        Assert.Equal(["True True", "False False False False", "False False False False False False"], rings.Select(ring => string.Join(' ', ring!["members"]!.AsArray().Select(member => (bool)member!["begun"]!))));
        Assert.Equal(["1-canary"], Directory.GetDirectories(stage.World).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_manifest_that_cannot_be_read_is_a_bad_one()
    {
        using var stage = new Stage();
        foreach (var (file, text) in new[] { ("1/bad.yml", "name: bad\nvm: { sise: 1 }\n"), ("2/next.yml", "name: next\n") })
        {
            Directory.CreateDirectory(stage.PathOf(file[..1]));
            stage.Write(file, text);
        }

        var run = await stage.RunWithAsync(GitHub(stage), "--target", "Fleet", "--manifests", stage.PathOf("*/*.yml"));

        run.Ends(3).Says("Not as wished: ring 1 has 1 of 1 that failed (bad); not begun: 2.").Says(",title=Unknown key::");
        Assert.Contains("failure-reason=usage", File.ReadAllLines(stage.PathOf("output")));
    }

    [Fact]
    public async Task The_jobs_are_handed_out_without_asking_anybody()
    {
        using var stage = new Stage();
        using var host = Host.StartWith(GitHub(stage), "--target", "Fleet", "--manifests", Manifests, "--output", "json");

        var run = await host.EndAsync();

        var fleet = JsonNode.Parse(run.Ends(0).Output)!;
        Assert.Equal(12, fleet["include"]!.AsArray().Count);
        Assert.Equal([2, 4, 6], fleet["rings"]!.AsArray().Select(ring => ring!["github"]!["include"]!.AsArray().Count));
        var outputs = File.ReadAllLines(stage.PathOf("output")).Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        Assert.True(JsonNode.DeepEquals(fleet, JsonNode.Parse(outputs["fleet"])));
        Assert.True(JsonNode.DeepEquals(fleet["rings"]![2]!["github"], JsonNode.Parse(outputs["ring-3"])));
    }

    [Theory]
    [InlineData("--target", "Fleet")]
    [InlineData("--target", "Plan", "--manifests", Manifests)]
    [InlineData("--target", "Fleet", "--manifests", Manifests, "--manifest", "examples/minimal.yml")]
    public async Task What_makes_no_sense_is_told(params string[] arguments) =>
        (await Host.RunAsync(arguments)).Ends(3).Complains("Error: Options do not fit together");

    private static Dictionary<string, string> GitHub(Stage stage) => new(StringComparer.Ordinal)
    {
        ["GITHUB_ACTIONS"] = "true",
        ["GITHUB_OUTPUT"] = stage.PathOf("output"),
        ["GITHUB_STEP_SUMMARY"] = stage.PathOf("summary"),
    };
}
