using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Virtual machines: disks and interfaces they hold, a power state, and what happens when they go.</summary>
internal sealed class VirtualMachineRules : TypeRules
{
    public const string Type = "Microsoft.Compute/virtualMachines";

    private const string Disks = "properties.storageProfile.dataDisks";
    private const string Cards = "properties.networkProfile.networkInterfaces";

    public static string Power(ArmRecord machine) => Dotted.Text(machine.Hidden, "~power") ?? "starting";

    /// <summary>The machine that names a thing in one of its lists.</summary>
    public static ArmRecord? Holding(ArmWorld world, ArmId thing, string list, string member) =>
        world.Of(Type).FirstOrDefault(machine => Dotted.Items(machine.Document, list).Any(item => thing.Text.Equals(Dotted.Text(item, member), StringComparison.OrdinalIgnoreCase)));

    public override void Check(Write write) => VirtualMachineChecks.Run(write);

    public override ArmError Immutable(Write write, string path) => path.StartsWith("properties.", StringComparison.Ordinal)
        ? new(409, "PropertyChangeNotAllowed", $"Changing property '{path[11..]}' is not allowed.") { Target = path[11..] }
        : base.Immutable(write, path);

    public override void Fill(Write write)
    {
        var disk = Dotted.Read(write.Document, "properties.storageProfile.osDisk")!.AsObject();
        disk["diskSizeGB"] ??= write.Once("properties.storageProfile.osDisk.diskSizeGB", () => 30);
        if (Dotted.Text(disk, "managedDisk.id") is null) Dotted.Write(disk, "managedDisk.id", OsDisk(write).Text);
        if (Dotted.Read(write.Document, "properties.storageProfile.imageReference") is JsonObject image && Dotted.Text(image, "version") is { } version) image["exactVersion"] = write.Once("properties.storageProfile.imageReference.exactVersion", () => version == "latest" ? "8.10.2025052701" : version);
        foreach (var item in Dotted.Items(write.Document, Disks))
        {
            item["deleteOption"] ??= "Detach";
            item["caching"] ??= "None";
            item["toBeDetached"] ??= false;
        }
    }

    public override void Saved(Write write)
    {
        var id = OsDisk(write);
        if (write.World.Record(id.Text) is not null) return;
        var kind = Dotted.Text(write.Document, "properties.storageProfile.osDisk.managedDisk.storageAccountType");
        var disk = new Write(write.World, ContractCatalog.Find("Microsoft.Compute/disks")!, id)
        {
            Caller = write.Caller,
            ApiVersion = write.ApiVersion,
            Wish = new()
            {
                ["location"] = Dotted.Text(write.Document, "location"),
                ["zones"] = write.Document["zones"]?.DeepClone(),
                ["sku"] = new JsonObject { ["name"] = kind },
                ["properties"] = new JsonObject
                {
                    ["osType"] = "Linux",
                    ["creationData"] = new JsonObject { ["createOption"] = "FromImage" },
                    ["diskSizeGB"] = Dotted.Read(write.Document, "properties.storageProfile.osDisk.diskSizeGB")!.DeepClone(),
                },
            },
        };
        if (disk.Wish["zones"] is null) disk.Wish.Remove("zones");
        write.World.Save(Documents.Build(disk));
    }

    public override void Done(ArmWorld world, ArmRecord record)
    {
        record.Hidden["~power"] ??= "running";
        world.Options.Machines?.Follow(world);
    }

    public override void Acted(ArmWorld world, ArmRecord record, string action)
    {
        if (action == OldRunCommand.Action) return;
        record.Hidden["~power"] = action switch
        {
            "powerOff" => "stopped",
            "deallocate" => "deallocated",
            _ => "running",
        };
        world.Options.Machines?.Follow(world);
        if (action == "restart") world.Options.Machines?.Restart(record.Id.Name);
    }

    public override void CheckAction(ArmWorld world, ArmRecord record, string action, ArmRequest request)
    {
        if (action == OldRunCommand.Action) OldRunCommand.Check(world, record, request);
    }

    public override void Acting(ArmWorld world, ArmRecord record, string action, ArmRequest request)
    {
        if (action == OldRunCommand.Action) OldRunCommand.Start(world, record, request);
    }

    public override bool Holds(ArmWorld world, ArmRecord record, string verb) => verb == OldRunCommand.Action && world.Options.Scripts!.IsRunning(record.Id.Text);

    public override JsonNode? Outcome(ArmWorld world, ArmRecord record, string action) => action == OldRunCommand.Action ? OldRunCommand.Outcome(world, record) : null;

    public override void Gone(ArmWorld world, ArmRecord record) => world.Options.Machines?.Delete(record.Id.Name);

    public override void Leaving(ArmWorld world, ArmRecord record)
    {
        var owned = Dotted.Items(record.Document, Disks).Append(Dotted.Read(record.Document, "properties.storageProfile.osDisk") as JsonObject)
            .Where(disk => Dotted.Text(disk, "deleteOption") == "Delete").Select(disk => Dotted.Text(disk, "managedDisk.id"))
            .Concat(Dotted.Items(record.Document, Cards).Where(card => Dotted.Text(card, "properties.deleteOption") == "Delete").Select(card => Dotted.Text(card, "id")));
        foreach (var gone in owned.Select(world.Record).OfType<ArmRecord>().ToList()) world.Store.Drop(gone);
    }

    public override void Show(ArmWorld world, ArmRecord record, JsonObject copy, ArmRequest request)
    {
        if (request.Expands("userData") && Dotted.Read(record.Hidden, "properties.userData") is { } data) Dotted.Write(copy, "properties.userData", data.DeepClone());
        if (request.Expands("instanceView")) Dotted.Write(copy, "properties.instanceView", InstanceViews.Of(world, record));
        var extensions = world.Children(record.Id, "extensions").Select(extension => (JsonNode)Views.Show(world, extension, request)).ToArray();
        if (extensions.Length > 0) copy["resources"] = new JsonArray(extensions);
    }

    public override JsonNode? Read(ArmWorld world, ArmRecord record, string what, ArmRequest request) =>
        what == "instanceview" ? InstanceViews.Of(world, record) : null;

    private static ArmId OsDisk(Write write) =>
        ArmId.Parse(Dotted.Text(write.Document, "properties.storageProfile.osDisk.managedDisk.id") ?? Dotted.Text(write.Existing?.Document, "properties.storageProfile.osDisk.managedDisk.id"))
        ?? write.Id.Parent!.Provider("Microsoft.Compute/disks", Dotted.Text(write.Document, "properties.storageProfile.osDisk.name")!);
}
