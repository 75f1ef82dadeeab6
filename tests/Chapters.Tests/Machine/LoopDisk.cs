using System.Diagnostics;

namespace DssPipeline.Chapters.Tests;

/// <summary>A disk of a test machine: a sparse file on a loop device, attached at LUN 0. The kernel takes it away with the last process that holds it.</summary>
internal sealed class LoopDisk : IDisposable
{
    private readonly string image = Path.GetTempFileName();
    private readonly Process keeper;

    public LoopDisk(LastingMachine machine)
    {
        Resize(400);
        keeper = LastingMachine.Begin("bash", "-c", """
            set -e
            device=$(losetup --find --show -- "$1")
            exec 7<>"$device"
            losetup --detach "$device"
            echo "$device"
            exec cat
            """, "keep", image);
        Device = keeper.StandardOutput.ReadLine() ?? throw new InvalidOperationException("There is no free loop device.");
        machine.Run($"""
            [ -b {Device} ] || mknod {Device} b 7 {Device["/dev/loop".Length..]}
            mkdir -p /dev/disk/azure/scsi1
            ln -s ../../../../{Device} /dev/disk/azure/scsi1/lun0
            """);
    }

    public string Device { get; }

    public void Grow(int megabytes)
    {
        Resize(megabytes);
        using var losetup = Process.Start("losetup", ["--set-capacity", Device]);
        losetup.WaitForExit();
    }

    public void Dispose()
    {
        keeper.StandardInput.Close();
        keeper.WaitForExit();
        keeper.Dispose();
        File.Delete(image);
    }

    private void Resize(int megabytes)
    {
        using var file = File.OpenWrite(image);
        file.SetLength(megabytes * 1048576L);
    }
}
