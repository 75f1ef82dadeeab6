using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>What Compute refuses of a machine.</summary>
internal static class VirtualMachineChecks
{
    private const int LongestCustomData = 87380;

    private static readonly string[] ReservedUsers = ["root", "admin", "administrator", "test", "user", "user1", "guest", "console", "sys", "backup", "owner", "server", "sql", "support", "1", "123", "a"];

    public static void Run(Write write)
    {
        if (write.IsNew) CheckBirth(write);
        CheckCards(write);
        CheckDisks(write);
        CheckCustomData(write);
        CheckStopped(write);
    }

    private static void CheckBirth(Write write)
    {
        if (write.Text("properties.hardwareProfile.vmSize") is null) throw Missing("vmSize");
        if (Dotted.Read(write.Wish, "properties.storageProfile") is null) throw Missing("storageProfile");
        if (!Dotted.Items(write.Wish, "properties.networkProfile.networkInterfaces").Any()) throw Missing("networkProfile");
        CheckPlan(write);
        if (write.Text("properties.storageProfile.osDisk.createOption") != "Attach") CheckUser(write);
    }

    private static void CheckUser(Write write)
    {
        if (Dotted.Read(write.Wish, "properties.osProfile") is null) throw Missing("osProfile");
        var user = write.Text("properties.osProfile.adminUsername") ?? throw Missing("osProfile.adminUsername");
        if (ReservedUsers.Contains(user, StringComparer.OrdinalIgnoreCase)) throw Write.Refuse(400, "InvalidParameter", "The Admin Username specified is not allowed.", "adminUsername");

        var keys = Dotted.Items(write.Wish, "properties.osProfile.linuxConfiguration.ssh.publicKeys").ToList();
        if (keys.Count == 0 && write.Text("properties.osProfile.adminPassword") is null) throw Write.Refuse(400, "InvalidParameter", "Authentication using either SSH or by user name and password must be enabled in Linux profile.", "linuxConfiguration");
        foreach (var key in keys)
        {
            if (Dotted.Text(key, "path") != $"/home/{user}/.ssh/authorized_keys") throw Write.Refuse(400, "InvalidParameter", $"Destination path for SSH public keys is currently limited to its default value /home/{user}/.ssh/authorized_keys due to a known issue in Linux provisioning agent.", "linuxConfiguration.ssh.publicKeys.path");
            if (Dotted.Text(key, "keyData")?.Split(' ') is not ["ssh-rsa" or "ssh-ed25519", var data, ..] || !Convert.TryFromBase64String(data, new byte[data.Length], out _)) throw Write.Refuse(400, "InvalidParameter", "The value of parameter linuxConfiguration.ssh.publicKeys.keyData is invalid.", "linuxConfiguration.ssh.publicKeys.keyData");
        }
    }

    private static void CheckPlan(Write write)
    {
        var plan = write.Wish["plan"];
        if (plan is null && write.Text("properties.storageProfile.imageReference.publisher") == "almalinux") throw Write.Refuse(400, "VMMarketplaceInvalidInput", $"Creating a virtual machine from Marketplace image or a custom image sourced from a Marketplace image requires Plan information in the request. VM: '{write.Id.Text}'.");
        if (plan is null) return;

        var (publisher, product, name) = (Dotted.Text(plan, "publisher") ?? "", Dotted.Text(plan, "product") ?? "", Dotted.Text(plan, "name") ?? "");
        if (!Agreements.IsAccepted(write.World, publisher, product, name)) throw Write.Refuse(400, "ResourcePurchaseValidationFailed", $"User failed validation to purchase resources. Error message: 'You have not accepted the legal terms on this subscription: '{write.Id.Subscription}' for this plan. Before the subscription can be used, you need to accept the legal terms of the image: publisher '{publisher}', offer '{product}', plan '{name}'.'");
    }

    private static void CheckCards(Write write)
    {
        foreach (var id in Dotted.Items(write.Wish, "properties.networkProfile.networkInterfaces").Select(card => Dotted.Text(card, "id")).OfType<string>())
        {
            var holder = VirtualMachineRules.Holding(write.World, ArmId.Parse(id)!, "properties.networkProfile.networkInterfaces", "id");
            if (holder is not null && holder.Id.Key != write.Id.Key) throw Write.Refuse(400, "NicInUse", $"Network Interface {id} is used by existing resource {holder.Id.Text}. In order to use it, it must be dissociated from the resource.");
        }
    }

    private static void CheckDisks(Write write)
    {
        foreach (var disk in Dotted.Items(write.Wish, "properties.storageProfile.dataDisks"))
        {
            if (write.World.Record(Dotted.Text(disk, "managedDisk.id")) is not { } record) continue;
            if (DiskRules.Holder(write.World, record.Id) is { } holder && holder.Id.Key != write.Id.Key) throw Write.Refuse(409, "ConflictingUserInput", $"Cannot attach data disk '{record.Id.Name}' to VM '{write.Id.Name}' because the disk is already owned by VM '{holder.Id.Text}'.", "dataDisks");
            var (mine, its) = (Zone(write.Wish) ?? Zone(write.Existing?.Document), Zone(record.Document));
            if (mine != its) throw Write.Refuse(400, "BadRequest", $"Disk {record.Id.Name} cannot be attached to the VM because it is not in the same zone as the VM. VM zone: '{mine}'. Disk zone: '{its}'.");
        }
    }

    private static void CheckCustomData(Write write)
    {
        if (write.Text("properties.osProfile.customData") is not { } data) return;
        if (data.Length <= LongestCustomData && Convert.TryFromBase64String(data, new byte[data.Length], out _)) return;
        throw Write.Refuse(400, "InvalidParameter", $"Custom data in OSProfile must be in Base64 encoding and with a maximum length of {LongestCustomData} characters.", "customData");
    }

    private static void CheckStopped(Write write)
    {
        if (write.Existing is not { } kept || VirtualMachineRules.Power(kept) == "deallocated") return;
        foreach (var path in write.Contract.Rules.Stopped.Where(path => !Likeness.Covers(Dotted.Read(write.Wish, path), Dotted.Read(kept.Document, path))))
        {
            throw path.EndsWith("networkInterfaces", StringComparison.Ordinal)
                ? Write.Refuse(409, "CannotAddOrRemoveNetworkInterfacesFromARunningVirtualMachine", $"Secondary network interfaces cannot be added or removed from a running virtual machine {write.Id.Name}.")
                : Write.Refuse(409, "OperationNotAllowed", $"Changing property '{path[11..]}' of VM '{write.Id.Name}' requires the VM to be deallocated.", path[11..]);
        }
    }

    private static string? Zone(JsonNode? document) => (document?["zones"] as JsonArray)?.FirstOrDefault()?.GetValue<string>();

    private static ArmError Missing(string parameter) => new(400, "InvalidParameter", $"Required parameter '{parameter}' is missing (null).") { Target = parameter };
}
