namespace DssPipeline.Sandbox.Tests;

public sealed class MachineFaultTests
{
    [Fact]
    public async Task The_machine_reboots_at_the_script_that_was_named()
    {
        await using var world = await MachineWorld.StartAsync("reboot@run nth=2");
        await world.RunAsync("one", "touch /run/first");

        var view = await world.RunAsync("two", "ls /run/first");

        Assert.Equal("Failed", (string?)view["executionState"]);
    }

    [Fact]
    public async Task A_script_that_is_cut_by_a_reboot_has_failed()
    {
        await using var world = await MachineWorld.StartAsync("reboot@run delay=300ms");

        var view = await world.RunAsync("one", "exec sleep 1000");

        Assert.Equal("Failed", (string?)view["executionState"]);
    }

    [Fact]
    public async Task A_full_disk_takes_nothing_more_until_it_is_freed()
    {
        await using var world = await MachineWorld.StartAsync("disk-full@run nth=2; disk-free@run nth=3");
        await world.RunAsync("one", "mkfs.xfs -q /dev/disk/azure/scsi1/lun0 && mkdir -p /data && mount /dev/disk/azure/scsi1/lun0 /data");

        var full = await world.RunAsync("two", "df --output=avail /data | tail -n 1; echo more >/data/more");
        var free = await world.RunAsync("three", "echo more >/data/more && cat /data/more");

        Assert.InRange(int.Parse(((string)full["output"]!).Trim(), System.Globalization.CultureInfo.InvariantCulture), 0, 64);
        Assert.Equal("Failed", (string?)full["executionState"]);
        Assert.Contains("No space left on device", (string?)full["error"], StringComparison.Ordinal);
        Assert.Equal("more\n", (string?)free["output"]);
    }

    [Fact]
    public async Task A_dead_sshd_refuses_as_often_as_was_said()
    {
        await using var world = await MachineWorld.StartAsync("dead-ssh@ssh times=2");

        var codes = new List<int>();
        for (var i = 0; i < 3; i++) codes.Add((await SshClient.RunAsync(world.Machine, "true")).Code);

        Assert.Equal([255, 255, 0], codes);
    }

    [Fact]
    public async Task A_connection_breaks_after_so_many_bytes()
    {
        await using var world = await MachineWorld.StartAsync("cut-ssh@ssh nth=1 after=200000");

        var (code, output, _) = await SshClient.RunAsync(world.Machine, "head -c 1000000 /dev/zero | tr '\\0' x");

        // Of the 200000 bytes some are the greeting, the keys and the packets' own, and of the packet that was cut, 32 KB at most, nothing arrives.
        Assert.Equal(255, code);
        Assert.InRange(output.Length, 1, 200000);
        Assert.Equal(new string('x', output.Length), output);
        Assert.Equal("fine", await world.SshAsync("echo fine"));
    }

    [Fact]
    public async Task The_package_manager_that_runs_next_is_killed()
    {
        await using var world = await MachineWorld.StartAsync("kill-dnf@run nth=1");

        var view = await world.RunAsync("one", "printf '#!/bin/bash\\nwhile :; do :; done\\n' >/usr/local/bin/dnf; chmod +x /usr/local/bin/dnf; /usr/local/bin/dnf; echo \"$?\"");

        Assert.Equal("137\n", (string?)view["output"]);
    }

    [Theory]
    [InlineData("dss-never-up@boot", "dss-never-up")]
    [InlineData("dnf-locked@boot", "dnf-locked")]
    [InlineData("slow-dnf@boot", "dnf-slow")]
    public async Task What_a_stand_in_acts_on_is_told_to_it(string fault, string flag)
    {
        await using var world = await MachineWorld.StartAsync(fault);

        Assert.Equal(flag, await world.SshAsync("ls /run/dss-sandbox/faults"));
    }

    [Fact]
    public async Task When_a_program_starts_all_connections_break_and_the_machine_goes_on()
    {
        await using var world = await MachineWorld.StartAsync("cut-ssh@command */sha1sum nth=1");

        var (code, _, _) = await SshClient.RunAsync(world.Machine, "trap '' HUP PIPE; sha1sum /etc/hosts >/dev/null; touch /tmp/went-on; sleep 1000");

        Assert.Equal(255, code);
        Assert.Equal("/tmp/went-on", await world.SshAsync("until [ -e /tmp/went-on ]; do :; done; ls /tmp/went-on"));
    }

    [Fact]
    public async Task A_download_that_is_cut_ends_in_the_middle()
    {
        await using var sandbox = await SandboxClient.StartAsync(options => options with { Faults = FaultScript.Parse("cut@GET * nth=2 on=arm").OrThrow() });
        var token = await sandbox.TokenAsync(SandboxClient.Arm);
        using var whole = await sandbox.SendAsync(HttpMethod.Get, sandbox.Group("rg"), token);

        var failure = await Record.ExceptionAsync(() => sandbox.SendAsync(HttpMethod.Get, sandbox.Group("rg"), token));

        Assert.NotEmpty(await whole.Content.ReadAsStringAsync());
        Assert.IsType<HttpRequestException>(failure);
    }
}
