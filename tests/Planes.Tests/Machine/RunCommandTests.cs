using DssPipeline.Convergence;

namespace DssPipeline.Planes.Tests;

/// <summary>The script by Run Command: real bash behind an ARM that shows as little as Azure does.</summary>
public sealed class RunCommandTests : IAsyncLifetime
{
    private readonly SkippingClock clock = new();
    private Remote remote = null!;
    private RunCommandHost host = null!;

    public async ValueTask InitializeAsync()
    {
        remote = await Remote.StartAsync();
        host = new RunCommandHost(remote).Begin();
    }

    public ValueTask DisposeAsync() => remote.DisposeAsync();

    [Fact]
    public async Task What_is_absent_is_made_seen_and_dropped_and_no_command_stays()
    {
        await using var bench = BenchOf();
        var note = bench.Note("one");

        var before = await note.LookAsync();
        await note.MakeAsync();
        var after = await note.LookAsync();
        await note.MakeAsync(Verb.Delete);

        Assert.Null(before);
        Assert.Equal("line", (string?)after!["text"]);
        Assert.False(File.Exists(bench.PathOf("one")));
        Assert.Empty(host.Names);
    }

    [Fact]
    public async Task A_command_that_a_lock_holds_is_used_again_and_the_lock_stays()
    {
        await using var bench = BenchOf();
        host.IsLocked = true;

        await bench.Note("one").MakeAsync();
        await bench.Note("two").MakeAsync();
        var seen = await bench.Note("two").LookAsync();

        Assert.Equal("line", (string?)seen!["text"]);
        Assert.Single(host.Names);
    }

    [Fact]
    public async Task The_letter_travels_protected_and_the_script_holds_none_of_it()
    {
        await using var bench = BenchOf();

        await bench.Note("one", "hunter22").MakeAsync();

        var body = Assert.Single(host.Bodies)["properties"]!;
        Assert.DoesNotContain("hunter22", $"{body["source"]}", StringComparison.Ordinal);
        Assert.Null(body["parameters"]);
        Assert.True((bool)body["asyncExecution"]!);
        Assert.Contains("hunter22", $"{body["protectedParameters"]}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10, 1)]
    [InlineData(4000, 1)]
    [InlineData(9000, 2)]
    [InlineData(40000, 7)]
    public async Task An_answer_of_any_length_comes_whole_and_the_machine_keeps_none_of_it(int bytes, int commands)
    {
        await using var bench = BenchOf();
        var loud = new Probe(bench.Machine, "loud", "one", new() { { "bytes", bytes } });

        var seen = await loud.LookAsync();

        Assert.Equal(bytes, Convert.FromBase64String((string)seen!["text"]!).Length);
        Assert.Equal(commands, host.Bodies.Count);
        Assert.Empty(Directory.EnumerateFiles("/run/dss-pipeline", "spool.*"));
    }

    [Fact]
    public async Task A_letter_of_any_length_arrives()
    {
        var values = Nasty.Values(200);
        await using var bench = BenchOf();
        var probe = bench.Echo("one", [.. values, new string('x', 100_000)]);

        var seen = await probe.LookAsync();

        Assert.Equal(values, seen!["items"]!.AsArray().Select(item => (string?)item).Take(200));
        Assert.Equal(100_000, ((string?)seen["single"])!.Length);
        Assert.False(File.Exists(Nasty.Trap));
    }

    [Fact]
    public async Task A_secret_is_sealed_in_what_azure_shows()
    {
        await using var bench = BenchOf();
        var secret = new Probe(bench.Machine, "secret", "one", new() { { "value", "k3y-of-dss" } });

        await secret.MakeAsync();

        Assert.Equal("k3y-of-dss", secret.Made!.Secrets["key"].Reveal());
    }

    [Fact]
    public async Task A_run_that_ended_without_its_last_words_is_made_again()
    {
        await using var bench = BenchOf();
        var times = 0;
        host.Bend = view => times++ == 0 ? new() { ["executionState"] = "Failed", ["exitCode"] = 137, ["output"] = "", ["error"] = "progress 1 half" } : view;

        var seen = await bench.Echo("one", "x").LookAsync();

        Assert.Equal("x", (string?)seen!["single"]);
        Assert.Equal(2, host.Bodies.Count);
        Assert.Empty(host.Names);
    }

    [Fact]
    public async Task What_earlier_runs_left_behind_goes_unless_it_still_runs()
    {
        host.Leave("dss-pipeline-0000-1", "Succeeded");
        host.Leave("dss-pipeline-0000-2", "Running");
        host.Leave("somebody-elses", "Failed");
        await using var bench = BenchOf();

        await bench.Echo("one").LookAsync();

        Assert.Equal(["dss-pipeline-0000-2", "somebody-elses"], host.Names.Order());
    }

    [Fact]
    public async Task A_machine_that_rests_has_nothing_in_it()
    {
        host.Power = "deallocated";
        await using var bench = BenchOf();

        Assert.Null(await bench.Echo("one").LookAsync());
        Assert.Empty(host.Bodies);
    }

    private Bench BenchOf() => new(new RunCommandShell(ArmSetup.Arm(remote, clock), RunCommandHost.Machine, "westeurope"), clock);
}
