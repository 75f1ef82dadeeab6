using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Managed disks: their size decides tier and speed, and a machine may hold them.</summary>
internal sealed class DiskRules : TypeRules
{
    private static readonly (int UpTo, int Number, int Iops, int Speed)[] Tiers =
        [(4, 1, 120, 25), (8, 2, 120, 25), (16, 3, 120, 25), (32, 4, 120, 25), (64, 6, 240, 50), (128, 10, 500, 100), (256, 15, 1100, 125), (512, 20, 2300, 150), (1024, 30, 5000, 200), (2048, 40, 7500, 250), (4096, 50, 7500, 250), (8192, 60, 16000, 500), (16384, 70, 18000, 750), (32767, 80, 20000, 900)];

    public override void Check(Write write)
    {
        var size = Dotted.Number(write.Wish, "properties.diskSizeGB") ?? Dotted.Number(write.Existing?.Document, "properties.diskSizeGB");
        if (write.Text("properties.creationData.createOption") == "Empty" && size is null) throw Write.Refuse(400, "InvalidParameter", "Required parameter 'disk.diskSizeGB' is missing (null).", "disk.diskSizeGB");
        if (size is < 1 or > 65536) throw Write.Refuse(400, "InvalidParameter", $"The value '{size}' of disk.diskSizeGB is out of range.", "disk.diskSizeGB");

        var holder = Holder(write.World, write.Id);
        if (holder is not null && write.Text("sku.name") is { } sku && sku != Dotted.Text(write.Existing!.Document, "sku.name") && VirtualMachineRules.Power(holder) != "deallocated") throw Write.Refuse(409, "OperationNotAllowed", $"Cannot change the sku of disk {write.Id.Name} while it is attached to running VM {holder.Id.Text}.", "sku");
    }

    public override void Fill(Write write)
    {
        var properties = write.Document["properties"]!.AsObject();
        properties["diskSizeGB"] ??= write.Once("properties.diskSizeGB", () => 30);
        var size = Dotted.Number(write.Document, "properties.diskSizeGB")!.Value;
        var (sku, tier) = (Dotted.Text(write.Document, "sku.name")!, Array.Find(Tiers, step => size <= step.UpTo));
        var isPremium = sku.StartsWith("Premium", StringComparison.Ordinal);
        write.Document["sku"]!["tier"] = sku.Split('_')[0] switch { "Premium" or "PremiumV2" => "Premium", "UltraSSD" => "Ultra", _ => "Standard" };
        properties["diskSizeBytes"] = size * 1024L * 1024 * 1024;
        properties["diskIOPSReadWrite"] ??= isPremium ? tier.Iops : 500;
        properties["diskMBpsReadWrite"] ??= isPremium ? tier.Speed : 60;
        if (isPremium && sku != "PremiumV2_LRS") properties["tier"] ??= $"P{tier.Number}";
    }

    public override void Done(ArmWorld world, ArmRecord record) => world.Options.Machines?.Follow(world);

    public override void Gone(ArmWorld world, ArmRecord record) => world.Options.Machines?.DeleteDisk(record.Id.Name);

    public override void CheckDelete(ArmWorld world, ArmRecord record)
    {
        if (Holder(world, record.Id) is { } machine) throw new ArmError(409, "OperationNotAllowed", $"Disk {record.Id.Name} is attached to VM {machine.Id.Text}.");
    }

    public override void Show(ArmWorld world, ArmRecord record, JsonObject copy, ArmRequest request)
    {
        if (Holder(world, record.Id) is not { } machine) return;
        copy["managedBy"] = machine.Id.Text;
        Dotted.Write(copy, "properties.diskState", VirtualMachineRules.Power(machine) == "deallocated" ? "Reserved" : "Attached");
    }

    public static ArmRecord? Holder(ArmWorld world, ArmId disk) =>
        VirtualMachineRules.Holding(world, disk, "properties.storageProfile.dataDisks", "managedDisk.id")
        ?? world.Of(VirtualMachineRules.Type).FirstOrDefault(machine => disk.Text.Equals(Dotted.Text(machine.Document, "properties.storageProfile.osDisk.managedDisk.id"), StringComparison.OrdinalIgnoreCase));
}
