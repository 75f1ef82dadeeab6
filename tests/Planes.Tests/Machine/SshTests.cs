using DssPipeline.Convergence;

namespace DssPipeline.Planes.Tests;

public sealed class SshTests : IAsyncLifetime
{
    private SshServer server = null!;

    public async ValueTask InitializeAsync() => server = await SshServer.StartAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task What_is_absent_is_made_seen_and_dropped()
    {
        await using var bench = new Bench(new SshShell(server.Options));
        var note = bench.Note("one");

        var before = await note.LookAsync();
        await note.MakeAsync();
        var after = await note.LookAsync();
        await note.MakeAsync(Verb.Delete);
        var last = await note.LookAsync();

        Assert.Null(before);
        Assert.Equal("line", (string?)after!["text"]);
        Assert.Null(last);
    }

    [Fact]
    public async Task All_trips_share_one_connection()
    {
        await using var bench = new Bench(new SshShell(server.Options));
        var long1 = bench.Gate("one").MakeAsync();
        await bench.BegunAsync("one");

        await bench.Note("two").MakeAsync();
        await bench.Echo("three").LookAsync();
        await bench.OpenAsync("one");
        await long1;

        Assert.Equal(3, bench.Shell.Letters.Count);
        Assert.Equal(1, Connections());
    }

    [Fact]
    public async Task A_machine_with_another_host_key_is_given_up_at_once()
    {
        var address = server.Address;
        await server.ChangeHostKeyAsync();
        await using var bench = new Bench(new SshShell(server.Options with { Address = _ => Task.FromResult<SshAddress?>(address) }));

        var problem = (await Assert.ThrowsAsync<ProblemException>(() => bench.Echo("one").LookAsync())).Problems.Single();

        Assert.Equal("Machine is not the one that is known", problem.Summary);
        Assert.Single(bench.Shell.Letters);
    }

    [Fact]
    public async Task A_key_that_the_machine_does_not_know_is_given_up_at_once()
    {
        await using var other = await SshServer.StartAsync();
        await using var bench = new Bench(new SshShell(server.Options with { PrivateKey = _ => Task.FromResult(other.PrivateKey) }));

        var problem = (await Assert.ThrowsAsync<ProblemException>(() => bench.Echo("one").LookAsync())).Problems.Single();

        Assert.Equal("Machine does not know the key", problem.Summary);
        Assert.Single(bench.Shell.Letters);
    }

    [Fact]
    public async Task A_private_key_that_is_none_is_told_without_showing_it()
    {
        await using var bench = new Bench(new SshShell(server.Options with { PrivateKey = _ => Task.FromResult(new Secret("not a key at all")) }));

        var problem = (await Assert.ThrowsAsync<ProblemException>(() => bench.Echo("one").LookAsync())).Problems.Single();

        Assert.Equal("Private key cannot be used", problem.Summary);
        Assert.DoesNotContain("not a key at all", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_machine_that_is_starting_is_waited_for()
    {
        await server.StopAsync();
        await using var bench = new Bench(new SshShell(server.Options));
        bench.Shell.Before = trip => trip == 3 ? server.BeginAsync() : Task.CompletedTask;

        var seen = await bench.Echo("one", "x").LookAsync();

        Assert.Equal("x", (string?)seen!["single"]);
        Assert.Contains(bench.Waits, wait => wait is { Subject: "machine/host/vm-test", For: "the machine to let the run in" });
    }

    [Fact]
    public async Task A_machine_that_never_answers_is_given_up_after_the_deadline()
    {
        await server.StopAsync();
        var clock = new SkippingClock();
        await using var bench = new Bench(new SshShell(server.Options), clock);

        var problem = (await Assert.ThrowsAsync<ProblemException>(() => bench.Echo("one").LookAsync())).Problems.Single();

        Assert.Equal("Machine refuses the connection", problem.Summary);
        Assert.InRange(clock.Waits.Sum(wait => wait.TotalMinutes), 1.5, 2);
    }

    [Fact]
    public async Task A_machine_that_has_answered_may_be_away_for_longer()
    {
        var clock = new SkippingClock();
        await using var bench = new Bench(new SshShell(server.Options), clock);
        await bench.Echo("one", "x").LookAsync();
        foreach (var session in server.Sessions) SshServer.End(session);
        await server.StopAsync();

        var problem = (await Assert.ThrowsAsync<ProblemException>(() => bench.Echo("one").LookAsync())).Problems.Single();

        Assert.NotEmpty(problem.Summary);
        Assert.InRange(clock.Waits.Sum(wait => wait.TotalMinutes), 10, 11);
    }

    [Fact]
    public async Task A_connection_cut_in_the_middle_of_a_change_is_made_again_and_nothing_is_done_twice()
    {
        await using var bench = new Bench(new SshShell(server.Options));
        var making = bench.Gate("one").MakeAsync();
        await bench.BegunAsync("one");

        foreach (var session in server.Sessions) SshServer.End(session);
        while (bench.Shell.Letters.Count < 2) await Task.Yield();
        await bench.OpenAsync("one");
        await making;

        Assert.Equal("once\n", bench.Text("one.done"));
        Assert.Equal(2, bench.Shell.Letters.Count);
    }

    [Fact]
    public async Task A_long_change_is_left_to_itself_when_the_run_ends_and_goes_on_on_the_machine()
    {
        using var end = new CancellationTokenSource();
        await using var bench = new Bench(new SshShell(server.Options));
        var making = bench.Gate("one").MakeAsync(Verb.Create, end.Token);
        await bench.BegunAsync("one");

        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => making);
        await bench.OpenAsync("one");
        await bench.Gate("one").MakeAsync();

        Assert.Equal("once\n", bench.Text("one.done"));
    }

    [Fact]
    public async Task A_run_that_is_killed_leaves_no_connection_and_no_agent()
    {
        using var holder = await HeldConnection.StartAsync(server);
        var before = holder.Helpers();

        holder.Kill();
        var after = await holder.HelpersThatStayAsync();

        Assert.Contains(before, helper => helper.StartsWith("ssh-agent", StringComparison.Ordinal));
        Assert.Contains(before, helper => helper.Contains("ControlMaster=yes", StringComparison.Ordinal));
        Assert.Empty(after);
    }

    [Fact]
    public async Task A_machine_that_is_not_there_has_nothing_in_it()
    {
        await using var bench = new Bench(new SshShell(server.Options with { Address = _ => Task.FromResult<SshAddress?>(null) }));
        bench.Machine.LookAnew([bench.Note("one")]);

        var seen = await bench.Note("one").LookAsync();
        var problem = (await Assert.ThrowsAsync<ProblemException>(() => bench.Note("one").MakeAsync())).Problems.Single();

        Assert.Null(seen);
        Assert.Equal("Machine is not there", problem.Summary);
        Assert.Empty(bench.Shell.Letters);
    }

    [Fact]
    public async Task An_identity_file_serves_as_well()
    {
        await using var bench = new Bench(new SshShell(server.Options with { PrivateKey = null, Address = _ => Task.FromResult<SshAddress?>(server.Address with { IdentityFile = server.IdentityFile }) }));

        Assert.NotNull(await bench.Echo("one").LookAsync());
    }

    [Fact]
    public async Task The_private_key_is_on_no_command_line_in_no_environment_and_on_no_disk()
    {
        var lines = server.PrivateKey.Reveal().Split('\n').Where(line => line.Length > 60).ToList();
        var before = Folders();
        await using var bench = new Bench(new SshShell(server.Options));
        await bench.Echo("one").LookAsync();

        var processes = Processes();
        var files = Folders().Except(before).SelectMany(folder => Directory.EnumerateFiles(folder)).Where(file => new FileInfo(file).Length > 0).Select(File.ReadAllText).ToList();

        Assert.Contains(processes, process => process.Contains("ssh-agent", StringComparison.Ordinal));
        Assert.NotEmpty(files);
        foreach (var text in processes.Concat(files)) Assert.All(lines, line => Assert.DoesNotContain(line, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_hundred_nasty_values_arrive_as_they_are()
    {
        var values = Nasty.Values(200);
        await using var bench = new Bench(new SshShell(server.Options));
        var probe = bench.Echo("one", [.. values]);

        var seen = await probe.LookAsync();

        Assert.Equal(values, seen!["items"]!.AsArray().Select(item => (string?)item));
        Assert.Equal(values[^1], (string?)seen["single"]);
        Assert.False(File.Exists(Nasty.Trap));
    }

    internal static List<string> Folders() => [.. Directory.EnumerateDirectories(Path.GetTempPath(), "dss-*")];

    /// <summary>Command lines and environments of everything that runs.</summary>
    private static List<string> Processes() => [.. Directory.EnumerateDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), out _)).SelectMany(folder => (string[])[Read($"{folder}/cmdline"), Read($"{folder}/environ")])];

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file).Replace('\0', ' ');
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // It has ended meanwhile, or is not ours to read.
            return "";
        }
    }

    private int Connections() => File.ReadAllLines(server.Log).Count(line => line.Contains("Accepted publickey", StringComparison.Ordinal));
}
