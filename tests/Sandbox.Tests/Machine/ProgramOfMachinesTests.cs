namespace DssPipeline.Sandbox.Tests;

/// <summary>The program as people start it, with a machine and without.</summary>
public sealed class ProgramOfMachinesTests
{
    private static readonly string Program = typeof(SandboxServer).Assembly.Location;

    [Fact]
    public async Task Ssh_of_a_world_that_does_not_run_boots_it_runs_the_command_and_leaves_nothing()
    {
        using var folder = new TemporaryFolder();
        await using (var world = await MachineWorld.OpenAsync(folder.Path))
        {
            await world.FurnishAsync();
            await world.SshAsync("printf '[Service]\\nType=oneshot\\nRemainAfterExit=yes\\nExecStart=/bin/sleep 1.5\\n[Install]\\nWantedBy=multi-user.target\\n' | sudo tee /etc/systemd/system/slow.service >/dev/null; sudo systemctl enable slow 2>/dev/null");
        }

        var (code, output, errors) = await SshClient.RunAsync("dotnet", ["exec", Program, "ssh", "--state", folder.Path, "--", "systemctl is-active slow; hostname; exit 7"]);

        Assert.Equal((7, "active\ndss-host\n", ""), (code, output, errors));
        Assert.Empty(Leftovers.Of(folder.Path));
    }

    [Fact]
    public async Task On_a_host_without_namespaces_it_says_in_one_line_what_is_left_out()
    {
        using var folder = new TemporaryFolder();

        await using var sandbox = await RunningSandbox.StartWithoutNamespacesAsync(folder.Path);
        var code = await sandbox.TerminateAsync();
        var errors = await sandbox.RestOfErrorsAsync();

        Assert.Equal(0, code);
        var note = Assert.Single(errors.Split('\n'), line => line.StartsWith("Note: ", StringComparison.Ordinal));
        Assert.StartsWith("Note: machines are left out: nothing will stand behind virtual machines. This host does not let the sandbox make a machine in ", note, StringComparison.Ordinal);
        Assert.Contains("--privileged", note, StringComparison.Ordinal);
    }
}
