namespace DssPipeline.Sandbox;

/// <summary>Reads out of Resource Manager what a machine is to be.</summary>
internal static class MachineWishes
{
    public static MachineWish Of(ArmWorld world, ArmRecord record) => new()
    {
        Name = record.Id.Name,
        HostName = Dotted.Text(record.Document, "properties.osProfile.computerName") ?? record.Id.Name,
        Administrator = Dotted.Text(record.Document, "properties.osProfile.adminUsername") ?? "azureuser",
        Keys = [.. Dotted.Items(record.Document, "properties.osProfile.linuxConfiguration.ssh.publicKeys").Select(key => Dotted.Text(key, "keyData")).OfType<string>()],
        Address = Address(world, record),
        Disks = [.. Disks(world, record)],
        IsOn = VirtualMachineRules.Power(record) == "running",
    };

    private static string Address(ArmWorld world, ArmRecord record) =>
        Dotted.Items(record.Document, "properties.networkProfile.networkInterfaces").Select(card => world.Record(Dotted.Text(card, "id"))).OfType<ArmRecord>()
            .SelectMany(card => Dotted.Items(card.Document, "properties.ipConfigurations")).Select(part => Dotted.Text(part, "properties.privateIPAddress")).FirstOrDefault() ?? "";

    private static IEnumerable<MachineDisk> Disks(ArmWorld world, ArmRecord record)
    {
        foreach (var slot in Dotted.Items(record.Document, "properties.storageProfile.dataDisks"))
        {
            if (world.Record(Dotted.Text(slot, "managedDisk.id")) is not { } disk || Dotted.Number(slot, "lun") is not { } lun) continue;
            yield return new(lun, disk.Id.Name, (Dotted.Number(disk.Document, "properties.diskSizeGB") ?? 1) * 1024L * 1024 * 1024);
        }
    }
}
