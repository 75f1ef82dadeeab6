using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The machine DSS runs on. Its disks and its address outlive it; it is always meant to be running.</summary>
public sealed partial class VirtualMachine(Arm arm, Manifest manifest)
    : AzureResource(arm, manifest.Names.VirtualMachine, ApiVersion, manifest.Names.ResourceGroup)
{
    public const string ApiVersion = "2025-04-01";

    /// <summary>Where a machine tells its data disks.</summary>
    internal const string DataDisks = "/properties/storageProfile/dataDisks";

    private const string Power = "/properties/powerState";
    private const string Running = "running";
    private const string SystemDisk = "/properties/storageProfile/osDisk";
    private const string SystemDiskSize = $"{SystemDisk}/diskSizeGB";
    private const string SystemDiskKind = $"{SystemDisk}/managedDisk/storageAccountType";
    private const string Interfaces = "/properties/networkProfile/networkInterfaces";

    private readonly Names names = manifest.Names;
    private readonly VmSection vm = manifest.Vm;
    private readonly MarketplaceImage image = new(arm, manifest);

    public override IReadOnlyList<ResourceId> After =>
    [
        names.NetworkInterface.Id,
        names.DataDisk.Id,
        .. image.MayHavePlan ? [MarketplaceTerms.NameIn(manifest).Id] : Nothing,
        .. HasIdentity ? [names.VmIdentity.Id] : Nothing,
    ];

    public override Comparison Comparison => base.Comparison with
    {
        Folded = [.. base.Comparison.Folded, "/properties/hardwareProfile/vmSize", "/properties/storageProfile/imageReference", Power],
        Unordered = ["/zones", DataDisks, Interfaces],
        // Never told again by Azure. It speaks to the first boot alone, so another text would change nothing in a machine that stands.
        Hidden = ["/properties/osProfile/customData"],
        Fixed =
        [
            "/location", "/zones", "/plan", "/properties/osProfile", "/properties/storageProfile/imageReference",
            "/properties/securityProfile/securityType", "/properties/securityProfile/uefiSettings",
        ],
    };

    protected override UpdateStyle UpdateStyle => UpdateStyle.PutOverObserved;

    protected override Paths ReadOnly =>
    [
        .. base.ReadOnly, "/resources", "/managedBy", "/identity/principalId", "/identity/tenantId", "/properties/vmId", "/properties/timeCreated", "/properties/instanceView",
        "/properties/storageProfile/imageReference/exactVersion",

        // These are the disk's own; told of an older state of it, they would be taken for a change.
        $"{DataDisks}/*/diskSizeGB", $"{DataDisks}/*/managedDisk/storageAccountType", $"{DataDisks}/*/diskIOPSReadWrite", $"{DataDisks}/*/diskMBpsReadWrite",
    ];

    private static IEnumerable<ResourceId> Nothing => [];

    // With a service principal the machine itself needs to be nobody, and what others gave it is left alone.
    private bool HasIdentity => manifest.Identity.Kind is IdentityKind.ManagedIdentity;

    public override Problem? Objection(Verb verb, JsonNode? desired, JsonNode? observed) =>
        base.Objection(verb, desired, observed)
        ?? (verb is Verb.Update ? DiskGrowth.Objection($"The system disk of {Id}", "vm.osDisk.sizeGB", Pointer.At(desired, SystemDiskSize), Pointer.At(observed, SystemDiskSize)) ?? SlotTaken(observed) : null);

    internal static bool IsRunning(JsonNode? observed) => PowerIn(observed) == Running;

    // Only a look at the instance tells whether it runs.
    protected override Task<JsonNode?> LookAsync(CancellationToken cancel) => Arm.ObserveAsync(Address with { Query = "$expand=instanceView" }, cancel);

    protected override JsonNode Seen(JsonNode observed)
    {
        var properties = (JsonObject)observed["properties"]!;
        if (PowerIn(observed) is { } power) properties["powerState"] = power;
        properties.Remove("instanceView");
        if (properties["securityProfile"] is not JsonObject security) properties["securityProfile"] = security = [];
        security.TryAdd("encryptionAtHost", false);
        FillSystemDisk(Pointer.At(observed, SystemDisk));

        // Disks and interfaces that somebody else attached are somebody else's.
        KeepOurs(Pointer.At(observed, DataDisks), IsOurDisk);
        KeepOurs(Pointer.At(observed, Interfaces), IsOurInterface);
        if (HasIdentity && $"{Pointer.At(observed, "/identity/type")}".Contains("UserAssigned", StringComparison.OrdinalIgnoreCase)) observed["identity"]!["type"] = "UserAssigned";
        return observed;
    }

    private static string? PowerIn(JsonNode? observed) => (Pointer.At(observed, "/properties/instanceView/statuses") as JsonArray ?? [])
        .Select(status => $"{status?["code"]}".Split('/'))
        .FirstOrDefault(code => code is ["PowerState", _])?[1];

    // Of a resting machine Azure does not tell how large its system disk is, nor of which kind.
    private void FillSystemDisk(JsonNode? disk)
    {
        if (disk is not JsonObject members) return;
        members.TryAdd("diskSizeGB", vm.OsDisk.SizeGB);
        if (members["managedDisk"] is JsonObject managed) managed.TryAdd("storageAccountType", vm.OsDisk.Sku);
    }

    private static void KeepOurs(JsonNode? all, Func<JsonNode?, bool> isOurs)
    {
        if (all is not JsonArray items) return;
        foreach (var other in items.Where(item => !isOurs(item)).ToList()) items.Remove(other);
    }

    private bool IsOurDisk(JsonNode? disk) => DiskGrowth.Of(disk?["lun"]) == vm.DataDisk.Lun || Same(Pointer.At(disk, "/managedDisk/id"), names.DataDisk.Path);

    private bool IsOurInterface(JsonNode? network) => Same(network?["id"], names.NetworkInterface.Path);

    private Problem? SlotTaken(JsonNode? observed)
    {
        var other = (Pointer.At(observed, DataDisks) as JsonArray ?? []).FirstOrDefault(disk => Pointer.At(disk, "/managedDisk/id") is { } id && !Same(id, names.DataDisk.Path));
        return other is null ? null : new Problem(
            "Disk slot is taken",
            $"{Id} has another disk at lun {vm.DataDisk.Lun}: {Pointer.At(other, "/managedDisk/id")}. The data disk of DSS would push it out. Choose a free vm.dataDisk.lun, or detach that disk.");
    }

    private static bool Same(JsonNode? id, string path) => string.Equals(id?.ToString(), path, StringComparison.OrdinalIgnoreCase);
}
