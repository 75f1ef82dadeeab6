using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox.Tests;

public sealed class RunCommandTests
{
    [Fact]
    public async Task A_script_runs_as_root_with_its_parameters_and_its_end_is_told()
    {
        await using var world = await MachineWorld.StartAsync();

        var view = await world.RunAsync("one", """echo "$(id -un) $NAME $SECRET $(hostname)"; echo oops >&2; exit 7""", new { NAME = "plain" }, new { SECRET = "hush" });

        Assert.Equal(("Failed", 7), ((string?)view["executionState"], (int?)view["exitCode"]));
        Assert.Equal(("root plain hush dss-host\n", "oops\n"), ((string?)view["output"], (string?)view["error"]));
        Assert.True((DateTimeOffset)view["endTime"]! >= (DateTimeOffset)view["startTime"]!);
    }

    [Fact]
    public async Task The_old_action_says_succeeded_whatever_the_script_did()
    {
        await using var world = await MachineWorld.StartAsync();

        var message = await world.OldRunAsync("echo out; echo err >&2; exit 3");

        Assert.Equal("Enable succeeded: \n[stdout]\nout\n\n[stderr]\nerr\n", message);
    }

    [Fact]
    public async Task The_same_settings_run_once_and_others_run_again()
    {
        await using var world = await MachineWorld.StartAsync();
        const string Count = "echo run >>/var/runs; wc -l </var/runs";

        var first = await world.RunAsync("one", Count);
        var same = await world.RunAsync("one", Count);
        var other = await world.RunAsync("one", Count, new { RUN = "2" });

        Assert.Equal(["1\n", "1\n", "2\n"], new[] { first, same, other }.Select(view => (string?)view["output"]));
    }

    [Fact]
    public async Task Output_is_seen_while_it_runs_and_only_its_end_is_kept()
    {
        await using var world = await MachineWorld.StartAsync();
        await world.MakeAsync(RunCommandCalls.Resource("one"), "2025-04-01", RunCommandCalls.Body("head -c 9000 /dev/zero | tr '\\0' x; echo end; until [ -e /run/go ]; do :; done"));

        var running = await world.ViewAsync("one", view => ((string?)view["output"])?.EndsWith("end\n", StringComparison.Ordinal) == true);
        await world.SshAsync("sudo touch /run/go");
        var ended = await world.ViewAsync("one", view => view["endTime"] is not null);

        Assert.Equal(("Running", 4096), ((string?)running["executionState"], ((string)running["output"]!).Length));
        Assert.Equal("Succeeded", (string?)ended["executionState"]);
    }

    [Fact]
    public async Task A_script_that_takes_too_long_is_killed_with_all_it_started()
    {
        await using var world = await MachineWorld.StartAsync();
        await world.MakeAsync(RunCommandCalls.Resource("one"), "2025-04-01", RunCommandCalls.Body("sleep 4242 & sleep 4242", timeout: 1));

        var view = await world.ViewAsync("one", view => view["endTime"] is not null);

        Assert.Equal(("Failed", -1), ((string?)view["executionState"], (int?)view["exitCode"]));
        Assert.Equal("0", await world.SshAsync("pgrep -fc '^sleep 4242'; true"));
    }

    [Fact]
    public async Task Deleting_it_stops_the_script_and_removes_what_it_was_given()
    {
        await using var world = await MachineWorld.StartAsync();
        await world.MakeAsync(RunCommandCalls.Resource("one"), "2025-04-01", RunCommandCalls.Body("sleep 4242", secrets: new { SECRET = "hush" }));
        await world.ViewAsync("one", view => (string?)view["executionState"] == "Running");
        var kept = await world.SshAsync("sudo find /var/lib/waagent -name 'script.sh' -perm 700 -user root | wc -l");

        await world.DeleteAsync(RunCommandCalls.Resource("one"));
        var left = await world.SshAsync("until [ -z \"$(sudo ls /var/lib/waagent/run-command-handler)\" ]; do :; done; pgrep -fc '^sleep 4242'; true");

        Assert.Equal(("1", "0"), (kept, left));
    }

    [Fact]
    public async Task A_script_that_ran_when_the_sandbox_ended_has_failed()
    {
        using var folder = new TemporaryFolder();
        await using (var world = await MachineWorld.OpenAsync(folder.Path))
        {
            await world.FurnishAsync();
            await world.RunAsync("done", "echo done");
            await world.MakeAsync(RunCommandCalls.Resource("one"), "2025-04-01", RunCommandCalls.Body("sleep 4242"));
        }

        await using var again = await MachineWorld.OpenAsync(folder.Path);
        var one = await again.ViewAsync("one", _ => true);
        var done = await again.ViewAsync("done", _ => true);

        Assert.Equal(("Failed", "done\n"), ((string?)one["executionState"], (string?)done["output"]));
    }

    [Fact]
    public async Task A_write_that_waits_ends_with_its_script()
    {
        await using var world = await MachineWorld.StartAsync();

        await world.MakeAsync(RunCommandCalls.Resource("one"), "2025-04-01", RunCommandCalls.Body("for i in {1..20000}; do :; done; echo waited", waits: true));
        var view = await world.ViewAsync("one", _ => true);

        Assert.Equal(("Succeeded", "waited\n"), ((string?)view["executionState"], (string?)view["output"]));
    }

    [Fact]
    public async Task The_old_action_runs_one_script_at_a_time_and_none_when_the_machine_is_off()
    {
        await using var world = await MachineWorld.StartAsync();
        const string Body = """{"commandId":"RunShellScript","script":["until [ -e /run/go ]; do :; done"]}""";

        using var first = await world.PostAsync($"{MachineWorld.Vm()}/runCommand", Body);
        using var second = await world.PostAsync($"{MachineWorld.Vm()}/runCommand", Body);
        await world.SshAsync("sudo touch /run/go");
        await world.SettledAsync(MachineWorld.Vm());
        await world.ActAsync("deallocate");
        using var off = await world.PostAsync($"{MachineWorld.Vm()}/runCommand", Body);

        Assert.Equal([202, 409, 409], new[] { first, second, off }.Select(answer => (int)answer.StatusCode));
        Assert.Contains("Run command extension execution is in progress", await second.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("when the VM is not running", await off.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
