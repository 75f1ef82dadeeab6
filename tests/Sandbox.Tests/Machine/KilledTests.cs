namespace DssPipeline.Sandbox.Tests;

public sealed class KilledTests
{
    private const string Settle = """sudo bash -c 'mkfs.xfs -q /dev/disk/azure/scsi1/lun0 && mkdir -p /data && mount /dev/disk/azure/scsi1/lun0 /data && setsid -f sleep 1000 </dev/null >/data/log 2>&1' """;

    [Fact]
    public async Task A_sandbox_that_is_killed_takes_its_machine_with_it_and_the_next_one_boots()
    {
        using var folder = new TemporaryFolder();
        await using (var world = await MachineWorld.OpenAsync(folder.Path)) await world.FurnishAsync();

        await using (var sandbox = await RunningSandbox.StartAsync(folder.Path))
        {
            var (code, _, errors) = await SshClient.RunAsync(sandbox.Endpoints.Machines["vm-one"], Settle + "; sudo touch /var/lib/kept");
            Assert.True(code == 0, errors);
            Assert.NotEmpty(Leftovers.Of(folder.Path));
            await sandbox.KillAsync();
        }

        Assert.Empty(await Leftovers.StayingAsync(folder.Path));
        await using var again = await MachineWorld.OpenAsync(folder.Path);
        Assert.Equal("/var/lib/kept", await again.SshAsync("ls /var/lib/kept"));
    }

    [Fact]
    public async Task A_sandbox_that_ends_in_peace_leaves_nothing_either()
    {
        using var folder = new TemporaryFolder();
        await using (var world = await MachineWorld.OpenAsync(folder.Path))
        {
            await world.FurnishAsync();
            await world.SshAsync(Settle);
        }

        Assert.Empty(Leftovers.Of(folder.Path));
    }
}
