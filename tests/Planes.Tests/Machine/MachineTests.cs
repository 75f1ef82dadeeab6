using DssPipeline.Convergence;

namespace DssPipeline.Planes.Tests;

/// <summary>How looks and makes travel, over bash itself.</summary>
public sealed class MachineTests
{
    [Fact]
    public async Task Everything_that_is_expected_is_looked_at_in_one_trip()
    {
        await using var bench = new Bench();
        var probes = Enumerable.Range(0, 50).Select(index => bench.Echo($"e{index}", $"{index}")).ToList();

        bench.Machine.LookAnew(probes);
        var seen = await Task.WhenAll(probes.Select(probe => probe.LookAsync()));

        Assert.Equal(probes.Select(probe => probe.Id.Name[1..]), seen.Select(fact => (string?)fact!["single"]));
        Assert.Single(bench.Shell.Letters);
    }

    [Fact]
    public async Task What_was_not_expected_costs_a_trip_of_its_own()
    {
        await using var bench = new Bench();
        bench.Machine.LookAnew([bench.Echo("one")]);

        await bench.Echo("one").LookAsync();
        await bench.Echo("two").LookAsync();

        Assert.Equal(2, bench.Shell.Letters.Count);
    }

    [Fact]
    public async Task A_resource_whose_values_cannot_be_had_fails_alone()
    {
        await using var bench = new Bench();
        var bad = new Probe(bench.Machine, "echo", "bad", []) { Trouble = new ProblemException(new Problem("No such secret", "gone")) };
        bench.Machine.LookAnew([bad, bench.Echo("good", "x")]);

        var failing = Assert.ThrowsAsync<ProblemException>(bad.LookAsync);
        var seen = await bench.Echo("good").LookAsync();

        Assert.Equal("No such secret", (await failing).Problems[0].Summary);
        Assert.Equal("x", (string?)seen!["single"]);
        Assert.Single(bench.Shell.Letters);
    }

    [Fact]
    public async Task A_change_brings_back_what_is_there_then()
    {
        await using var bench = new Bench();
        var note = bench.Note("one", "new");
        bench.Machine.LookAnew([note]);
        await note.LookAsync();

        await note.MakeAsync();
        var settled = await note.LookAsync();
        var trips = bench.Shell.Letters.Count;
        await note.LookAsync();

        Assert.Equal("new", (string?)settled!["text"]);
        Assert.Equal((2, 3), (trips, bench.Shell.Letters.Count));
    }

    [Fact]
    public async Task What_was_seen_before_a_change_is_not_used_after_it()
    {
        await using var bench = new Bench();
        var (one, other) = (bench.Note("same", "first"), new Probe(bench.Machine, "note", "other", new() { { "path", bench.PathOf("same") } }));
        bench.Machine.LookAnew([one, other]);
        await one.LookAsync();

        await one.MakeAsync();
        var seen = await other.LookAsync();

        Assert.Equal("first", (string?)seen!["text"]);
    }

    [Fact]
    public async Task What_comes_while_a_trip_is_under_way_travels_together_in_the_next()
    {
        await using var bench = new Bench();
        var gate = bench.Gate("gate", isLong: false);
        var making = gate.MakeAsync();
        await bench.BegunAsync("gate");

        var others = Enumerable.Range(0, 20).Select(index => bench.Note($"n{index}")).ToList();
        var waiting = others.Select((note, index) => index % 2 == 0 ? note.MakeAsync() : note.LookAsync()).ToList();
        await bench.OpenAsync("gate");
        await Task.WhenAll([making, .. waiting]);

        Assert.Equal(2, bench.Shell.Letters.Count);
        Assert.Equal(20, bench.Shell.Letters[1].Split('\n').Count(line => line.StartsWith("job ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Long_changes_travel_side_by_side_and_hold_up_nobody()
    {
        await using var bench = new Bench();
        var (left, right) = (bench.Gate("left").MakeAsync(), bench.Gate("right").MakeAsync());
        await Task.WhenAll(bench.BegunAsync("left"), bench.BegunAsync("right"));

        await bench.Note("short").MakeAsync();
        await bench.OpenAsync("right");
        await right;
        var leftIsDone = left.IsCompleted;
        await bench.OpenAsync("left");
        await left;

        Assert.False(leftIsDone);
        Assert.Equal("line\n", bench.Text("short"));
    }

    [Fact]
    public async Task Changes_of_one_lock_wait_for_each_other_on_the_machine()
    {
        await using var bench = new Bench();
        var turn = bench.TurnOf("turn");
        var first = new Probe(bench.Machine, "gate", "first", await bench.Gate("first").AskingAsync(default)) { TakesLong = true, Turn = turn };
        var second = new Probe(bench.Machine, "note", "second", new() { { "path", bench.PathOf("second") } }) { TakesLong = true, Turn = turn };
        var making = first.MakeAsync();
        await bench.BegunAsync("first");

        var waiting = second.MakeAsync();
        while (!bench.Waits.Any(wait => wait.For.Contains(turn, StringComparison.Ordinal))) await Task.Yield();
        var isDone = File.Exists(bench.PathOf("second"));
        await bench.OpenAsync("first");
        await Task.WhenAll(making, waiting);

        Assert.False(isDone);
        Assert.Equal("line\n", bench.Text("second"));
    }

    [Fact]
    public async Task A_short_trip_ends_although_the_run_was_ended()
    {
        using var end = new CancellationTokenSource();
        await using var bench = new Bench();
        var making = bench.Gate("one", isLong: false).MakeAsync(Verb.Create, end.Token);
        await bench.BegunAsync("one");

        await end.CancelAsync();
        await bench.OpenAsync("one");
        await making;

        Assert.Equal("once\n", bench.Text("one.done"));
    }

    [Fact]
    public async Task What_waits_for_a_trip_is_not_begun_after_the_run_was_ended()
    {
        using var end = new CancellationTokenSource();
        await using var bench = new Bench();
        var making = bench.Gate("one", isLong: false).MakeAsync();
        await bench.BegunAsync("one");
        var waiting = bench.Note("two").MakeAsync(Verb.Create, end.Token);

        await end.CancelAsync();
        await bench.OpenAsync("one");
        await making;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Single(bench.Shell.Letters);
        Assert.False(File.Exists(bench.PathOf("two")));
    }

    [Fact]
    public async Task A_secret_comes_back_sealed_and_is_hidden_everywhere()
    {
        await using var bench = new Bench();
        var secret = new Probe(bench.Machine, "secret", "one", new() { { "value", "k3y-of-dss" } });

        await secret.MakeAsync();

        Assert.Equal("k3y-of-dss", secret.Made!.Secrets["key"].Reveal());
        Assert.Equal("""{"kind":"open"}""", secret.Made.Fact!.ToJsonString());
        Assert.Equal("(secret)", bench.Redactor.Clean("k3y-of-dss"));
    }

    [Fact]
    public async Task What_a_step_is_doing_is_told()
    {
        await using var bench = new Bench();
        bench.Redactor.Add(new Secret("hunter22"));
        var note = new Probe(bench.Machine, "note", "loud", new() { { "path", bench.PathOf("loud") }, { "say", "unpacking with hunter22" } });

        await note.MakeAsync();

        Assert.Equal([("machine/note/loud", "unpacking with (secret)")], bench.Waits.Select(wait => (wait.Subject, wait.For)));
    }
}
