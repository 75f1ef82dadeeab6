namespace DssPipeline.Sandbox.Tests;

public sealed class DataDiskTests
{
    private const string Prepare = """
        sudo bash -ec 'disk=/dev/disk/azure/scsi1/lun0
        mkfs.xfs -q $disk
        mkdir -p /data
        echo "UUID=$(blkid -s UUID -o value $disk) /data xfs defaults,nofail 0 0" >>/etc/fstab
        mount -a
        echo kept >/data/file'
        """;

    [Fact]
    public async Task A_file_system_on_it_is_mounted_again_after_a_reboot()
    {
        await using var world = await MachineWorld.StartAsync();
        await world.SshAsync(Prepare);

        await world.ActAsync("restart");

        Assert.Equal("kept\nxfs", await world.SshAsync("cat /data/file; findmnt -n -o FSTYPE /data"));
    }

    [Fact]
    public async Task It_outlives_the_machine_and_can_be_attached_to_the_next()
    {
        await using var world = await MachineWorld.StartAsync();
        await world.SshAsync(Prepare);

        await world.DeleteAsync(MachineWorld.Vm());
        await Furniture.MachineAsync(world, "vm-one", MachineWorld.Disk());

        Assert.Equal("kept", await world.SshAsync("sudo mount /dev/disk/azure/scsi1/lun0 /mnt && cat /mnt/file"));
    }

    [Fact]
    public async Task It_grows_while_the_machine_runs()
    {
        await using var world = await MachineWorld.StartAsync();
        await world.SshAsync(Prepare);

        await world.MakeAsync(MachineWorld.Disk(), "2025-01-02", Furniture.Disk(3));
        await world.SshAsync("sudo xfs_growfs /data >/dev/null");

        Assert.Equal("3.0G", await world.SshAsync("df -h --output=size /data | tail -n 1 | tr -d ' '"));
    }

    [Fact]
    public async Task A_detached_disk_leaves_its_slot()
    {
        await using var world = await MachineWorld.StartAsync();
        Assert.Equal("lun0", await world.SshAsync("ls /dev/disk/azure/scsi1"));

        var (status, body) = await world.ArmAsync("PATCH", MachineWorld.Vm(), body: """{"properties":{"storageProfile":{"dataDisks":[]}}}""");
        await world.SettledAsync(MachineWorld.Vm());

        Assert.True(status is 200 or 202, $"{status} {body}");
        Assert.Equal("", await world.SshAsync("ls /dev/disk/azure/scsi1"));
    }
}
