using DssPipeline.Chapters;
using DssPipeline.Convergence;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>Values of the manifest that would like to be commands arrive letter by letter on the machine, or are refused; none is ever run.</summary>
[TakesMinutes]
public sealed class InjectionTests : IDisposable
{
    private const int Count = 200;
    private const int Seed = 20260102;

    private readonly string canaries = $"/canary-{Guid.NewGuid():n}-";
    private readonly IReadOnlyList<Hostile> values;
    private readonly string reference = File.ReadAllText(Path.Combine(Host.Home, "examples", "reference.yml"));

    public InjectionTests() => values = Hostile.All(canaries, Count, Seed);

    public void Dispose()
    {
        foreach (var canary in Canaries) File.Delete(canary);
    }

    private string[] Canaries => Directory.GetFiles("/", $"{Path.GetFileName(canaries)}*");

    [Fact]
    public void Every_key_that_reaches_the_machine_is_tried()
    {
        Assert.Equal(Count, values.Count);
        Assert.InRange(values.Select(value => value.Key).Distinct(StringComparer.Ordinal).Count(), 60, Count);
        Assert.Superset(new HashSet<string>(["vm.adminUsername", "vm.name", "vm.sshHostKey", "vm.timeZone", "dss.environment", "images.spark.dockerfileAppend"], StringComparer.Ordinal), values.Select(value => value.Key).ToHashSet(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_is_refused_is_refused_by_its_key_before_anybody_is_asked()
    {
        using var stage = new Stage();
        var refused = values.Where(value => Problems(value).Count > 0).ToList();

        foreach (var value in refused) Assert.Contains(Problems(value), problem => problem.Contains(value.Key, StringComparison.Ordinal) || problem.Contains(value.Key.Split('.')[^1], StringComparison.Ordinal));
        var run = await stage.RunAsync([.. Sets(refused.DistinctBy(value => value.Key))]);

        run.Ends(3);
        Assert.InRange(refused.Count, 100, Count);
        Assert.Empty(stage.Requests);
        Assert.Empty(Canaries);
    }

    [Fact]
    public async Task What_is_accepted_reaches_the_machine_as_it_is_and_is_never_run()
    {
        using var world = await MachineWorld.BareAsync();
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        var heap = Accepted(value => IsHarmless(value)).DistinctBy(value => value.Key).ToList();
        var texts = values.Select((value, index) => (Name: $"H{index}", value.Text)).Take(30).ToDictionary(pair => pair.Name, pair => pair.Text, StringComparer.Ordinal);
        var map = System.Text.Json.JsonSerializer.Serialize(texts);

        var run = await world.RunAsync(environment, [.. Sets(heap), "--set", $"dss.environment={map}", "--set", $"dss.properties={map}"]);
        var plan = await world.RunAsync(environment, [.. Sets(heap), "--set", $"dss.environment={map}", "--set", $"dss.properties={map}", "--set", "vm.access=runCommand", "--set", "dss.api.access=ssh", "--target", "Plan"]);
        var arrived = await world.LoginAsync($"sudo bash -c 'set -a; . /data/dataiku/dss_data/bin/env-site.sh; env -0' | grep -z '^H[0-9]*=' | base64 -w 0");

        Assert.True(run.ExitCode is 0 or 1, run.Said);
        Assert.DoesNotContain(["env-site.sh", "dip.properties", "install.ini"], file => plan.Output.Contains(file, StringComparison.Ordinal));
        Assert.Equal(texts, Read(arrived.Output));
        await AssertNothingRanAsync(world);
    }

    [Fact]
    public async Task What_makes_programs_fail_is_told_and_never_run()
    {
        using var world = await MachineWorld.BareAsync();
        var rest = Accepted(value => !IsHarmless(value) && value.Shape.Key.Effect is not Effect.Refused).ToList();
        for (var round = 0; rest.Count > 0; round++)
        {
            var these = rest.DistinctBy(value => value.Key).ToList();
            rest = [.. rest.Except(these)];

            var run = await world.RunAsync(Environment(these), [.. Sets(these), "--set", $"vm.access={(round % 2 == 0 ? "runCommand" : "ssh")}", "--set", "dss.api.access=ssh"]);

            Assert.True(run.ExitCode is 0 or 1 or 4, run.Said);
            Assert.DoesNotContain("Unhandled", run.Said, StringComparison.Ordinal);
        }

        await AssertNothingRanAsync(world);
    }

    [Fact]
    public async Task What_is_fixed_at_birth_is_refused_by_the_plan()
    {
        using var world = await MachineWorld.BareAsync();
        var born = Accepted(value => value.Shape.Key.Effect is Effect.Refused).DistinctBy(value => value.Key).ToList();

        var run = await world.RunAsync([.. Sets(born)]);

        Assert.NotEmpty(born);
        run.Ends(4);
        await AssertNothingRanAsync(world);
    }

    // An address that leads nowhere, a secret that is none and a line break where a file keeps none stop what stands on them.
    private static bool IsHarmless(Hostile value) =>
        value.Shape.Key.Form is not Form.Url && value.Shape.Type != typeof(SecretValue) && !value.Text.Any(char.IsControl) && value.Text.Trim() == value.Text && value.Shape.Key.Effect is not Effect.Refused;

    private static Dictionary<string, string> Environment(IEnumerable<Hostile> values) =>
        values.Where(value => value.Shape.Type == typeof(SecretValue)).ToDictionary(value => value.Variable, value => value.Text, StringComparer.Ordinal);

    private static IEnumerable<string> Sets(IEnumerable<Hostile> values) => values.SelectMany(value => (string[])["--set", value.Setting]);

    private static Dictionary<string, string> Read(string base64) => System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(base64.Trim())).Split('\0', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

    private IEnumerable<Hostile> Accepted(Func<Hostile, bool> which) => values.Where(value => which(value) && Problems(value).Count == 0);

    private IReadOnlyList<string> Problems(Hostile value)
    {
        try
        {
            _ = ManifestReader.ReadText(reference, "reference.yml", new ReadOptions { Sets = [value.Setting], Variables = name => name == value.Variable ? value.Text : null, Missing = MissingSources.StandIn });
            return [];
        }
        catch (ProblemException refused)
        {
            return [.. refused.Problems.Select(problem => $"{problem}")];
        }
    }

    private async Task AssertNothingRanAsync(MachineWorld world)
    {
        var found = await world.LoginAsync($"find / -maxdepth 1 -name '{Path.GetFileName(canaries)}*'; echo looked");
        Assert.Equal(["looked"], found.Lines);
        Assert.Empty(Canaries);
    }
}
