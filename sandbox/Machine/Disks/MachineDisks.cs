namespace DssPipeline.Sandbox;

/// <summary>The data disks in a machine's slots; their images belong to the world, and outlive the machine.</summary>
internal sealed class MachineDisks(StateFolder state) : IDisposable
{
    private readonly Dictionary<int, (MachineDisk Disk, LoopDevice Device)> _slots = [];

    /// <summary>Brings the slots to what is wished, also in a machine that is up.</summary>
    public void Attach(IReadOnlyList<MachineDisk> wished, MachineProcess? process)
    {
        foreach (var (lun, slot) in _slots.Where(pair => !wished.Any(disk => disk.Lun == pair.Key && disk.Name == pair.Value.Disk.Name)).ToList()) Detach(lun, slot.Device, process);
        foreach (var disk in wished)
        {
            var image = Image(disk);
            if (_slots.TryGetValue(disk.Lun, out var slot)) Grow(disk, slot, image);
            else _slots[disk.Lun] = (disk, Add(disk, image, process));
        }
    }

    /// <summary>The list from which the machine makes its devices at boot.</summary>
    public Task WriteListAsync(string file) => File.WriteAllLinesAsync(file, _slots.Select(slot => $"{slot.Key} {slot.Value.Device.Number}"));

    public int? Device(int lun) => _slots.TryGetValue(lun, out var slot) ? slot.Device.Number : null;

    public IEnumerable<int> Luns => _slots.Keys.Order();

    public void Dispose()
    {
        foreach (var (_, device) in _slots.Values) device.Dispose();
        _slots.Clear();
    }

    public static string ImageOf(StateFolder state, string disk) => Path.Combine(state.Folder("disks"), disk.ToLowerInvariant() + ".img");

    private string Image(MachineDisk disk)
    {
        var path = ImageOf(state, disk.Name);
        using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
        if (file.Length < disk.Bytes) file.SetLength(disk.Bytes);
        return path;
    }

    private void Grow(MachineDisk disk, (MachineDisk Disk, LoopDevice Device) slot, string image)
    {
        if (!File.Exists(image) || slot.Disk.Bytes == disk.Bytes) return;
        slot.Device.Grow();
        _slots[disk.Lun] = (disk, slot.Device);
    }

    private static LoopDevice Add(MachineDisk disk, string image, MachineProcess? process)
    {
        var device = LoopDevice.Open(image);
        if (process is null) return device;

        var node = process.PathOf($"/dev/loop{device.Number}");
        if (!File.Exists(node)) _ = Native.MakeNode(node, Native.BlockDevice | 0x1b0, Native.Device(7, (uint)device.Number));
        File.CreateSymbolicLink(Link(process, disk.Lun), $"../../../loop{device.Number}");
        return device;
    }

    private void Detach(int lun, LoopDevice device, MachineProcess? process)
    {
        _slots.Remove(lun);
        if (process is not null)
        {
            File.Delete(Link(process, lun));
            File.Delete(process.PathOf($"/dev/loop{device.Number}"));
        }

        device.Dispose();
    }

    private static string Link(MachineProcess process, int lun) => process.PathOf($"/dev/disk/azure/scsi1/lun{lun}");
}
