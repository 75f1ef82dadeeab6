using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters.Tests;

/// <summary>File systems and mounts on a real loop device, with real mkfs and mount.</summary>
public sealed class DataDiskTests : IAsyncLifetime
{
    private readonly LastingMachine machine = new();
    private readonly LoopDisk disk;

    public DataDiskTests() => disk = new(machine);

    private FileSystem Xfs => FileSystem("xfs");

    private Mount Mount => new(machine.Machine, "/data/one", Xfs);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await machine.DisposeAsync();
        disk.Dispose();
    }

    [Theory]
    [InlineData("xfs")]
    [InlineData("ext4")]
    public async Task An_empty_disk_is_formatted_once_and_grows_with_its_disk(string type)
    {
        var absent = await FileSystem(type).LookAsync();
        var made = await FileSystem(type).MakeAsync();
        var uuid = $"{made.At("/uuid")}";
        disk.Grow(500);
        var grown = await FileSystem(type).LookAsync();
        var repaired = await FileSystem(type).MakeAsync();

        Assert.Equal((Verb.Create, Verb.Keep), (absent.Verb, made.Verb));
        Assert.Equal("/fillsDisk", grown.Paths());
        Assert.Equal((Verb.Keep, uuid), (repaired.Verb, $"{repaired.At("/uuid")}"));
    }

    [Fact]
    public async Task It_is_mounted_now_and_at_boot_and_grows_while_it_is()
    {
        machine.Run("printf '# ours\\nLABEL=x\\t/x ext4 defaults 0 0  ' >/etc/fstab; chmod 0600 /etc/fstab");
        await Xfs.MakeAsync();

        var absent = await Mount.LookAsync();
        var made = await Mount.MakeAsync();
        machine.Run("echo kept >/data/one/file");
        disk.Grow(500);
        var grown = await Xfs.MakeAsync();
        machine.Run("umount /data/one");
        var gone = await Mount.LookAsync();
        var again = await Mount.MakeAsync();

        Assert.Equal((Verb.Create, Verb.Keep, Verb.Keep), (absent.Verb, made.Verb, grown.Verb));
        Assert.Equal(("/now", Verb.Keep), (gone.Paths(), again.Verb));
        Assert.Equal("kept", machine.Run("cat /data/one/file"));
        Assert.StartsWith("# ours\nLABEL=x\t/x ext4 defaults 0 0  \nUUID=", machine.Run("cat /etc/fstab"), StringComparison.Ordinal);
        Assert.Equal("600 3", machine.Run("echo $(stat -c %a /etc/fstab) $(wc -l </etc/fstab)"));
    }

    [Theory]
    [InlineData("mkfs.ext4 -q -L mine DEVICE", "xfs", "type ext4")]
    [InlineData("mkfs.xfs -q DEVICE", "xfs", "xfs_admin -L dss-data")]
    [InlineData("mkswap DEVICE", "xfs", "swap")]
    [InlineData("echo data | dd of=DEVICE seek=77 status=none", "ext4", "no file system known here")]
    [InlineData("echo data | dd of=DEVICE bs=1M seek=399 status=none", "xfs", "no file system known here")]
    public async Task A_disk_with_anything_on_it_is_never_formatted(string occupy, string type, string words)
    {
        machine.Run(occupy.Replace("DEVICE", disk.Device, StringComparison.Ordinal));
        var before = machine.Run($"sha256sum <{disk.Device}");

        var change = await FileSystem(type).LookAsync();
        var refusal = await FileSystem(type).ProblemAsync();

        Assert.Equal((Verb.Refuse, "Disk is not empty"), (change.Verb, change.Problem?.Summary));
        Assert.Contains(words, change.Problem?.Detail, StringComparison.Ordinal);
        Assert.Contains("holds", refusal.Detail, StringComparison.Ordinal);
        Assert.Equal(before, machine.Run($"sha256sum <{disk.Device}"));
    }

    [Fact]
    public async Task A_format_that_was_cut_is_known_and_finished()
    {
        await Xfs.MakeAsync();
        machine.Run($"xfs_db -x -c 'sb 0' -c 'write inprogress 1' {disk.Device}");

        var cut = await Xfs.LookAsync();
        var made = await Xfs.MakeAsync();

        Assert.Equal((Verb.Update, "/complete"), (cut.Verb, cut.Paths()));
        Assert.Equal(Verb.Keep, made.Verb);
    }

    [Theory]
    [InlineData("xfs", 12)]
    [InlineData("xfs", 40)]
    [InlineData("ext4", 60)]
    [InlineData("ext4", 90)]
    public async Task A_change_cut_anywhere_converges(string type, int before)
    {
        var shell = LastingMachine.Over(new CutShell(machine.Shell, before));
        var cut = new FileSystem(shell, new AttachedDisk(shell, 0), type);

        await Record.ExceptionAsync(async () => await cut.ApplyAsync(new(cut, Verb.Create, cut.Desired, null, []), default));

        Assert.Equal(Verb.Keep, (await FileSystem(type).MakeAsync()).Verb);
        Assert.Equal("", machine.Run("find /var/lib/dss-pipeline -type f 2>/dev/null || :"));
    }

    [Fact]
    public async Task Bytes_that_a_begun_format_left_are_ours()
    {
        machine.Run($"mkdir -p /var/lib/dss-pipeline; echo \"$(($(cat /sys/class/block/{Path.GetFileName(disk.Device)}/size) * 512)) $(lsblk -ndo WWN,SERIAL {disk.Device} | tr -s ' ')\" >/var/lib/dss-pipeline/formatting-lun0; echo half | dd of={disk.Device} seek=90 status=none");

        Assert.Equal(Verb.Keep, (await Xfs.MakeAsync()).Verb);
    }

    [Fact]
    public async Task Files_under_the_mount_and_lines_of_others_are_refused()
    {
        await Xfs.MakeAsync();
        machine.Run("mkdir -p /data/one; touch /data/one/.hidden");
        var hidden = await Mount.LookAsync();
        machine.Run("rm /data/one/.hidden; echo 'LABEL=theirs /data/one ext4 defaults 0 0' >>/etc/fstab");
        var foreign = await Mount.LookAsync();
        var refused = await Mount.ProblemAsync();

        Assert.Equal((Verb.Refuse, "Mount would hide files"), (hidden.Verb, hidden.Problem?.Summary));
        Assert.Contains(".hidden", hidden.Problem?.Detail, StringComparison.Ordinal);
        Assert.Contains("LABEL=theirs", foreign.Problem?.Detail, StringComparison.Ordinal);
        Assert.Contains("did not write", refused.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disk_that_is_not_there_yet_is_absent_and_never_an_error()
    {
        machine.Run("rm /dev/disk/azure/scsi1/lun0");
        var attached = new AttachedDisk(machine.Machine, 0);

        var absent = await attached.LookAsync();
        var waited = await attached.MakeAsync();
        machine.Run($"mkdir -p /dev/disk/azure/data/by-lun; ln -s {disk.Device} /dev/disk/azure/data/by-lun/0");
        var there = await attached.LookAsync();

        Assert.Equal((Verb.Create, Verb.Create, Verb.Keep), (absent.Verb, waited.Verb, there.Verb));
    }

    private FileSystem FileSystem(string type) => new(machine.Machine, new AttachedDisk(machine.Machine, 0), type);
}
