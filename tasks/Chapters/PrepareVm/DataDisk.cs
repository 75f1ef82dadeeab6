using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The disk of DSS and Docker. It outlives the machine, grows and never shrinks, and nobody can export it.</summary>
public sealed class DataDisk(Arm arm, Manifest manifest)
    : AzureResource(arm, manifest.Names.DataDisk, ApiVersion, manifest.Names.ResourceGroup)
{
    public const string ApiVersion = "2025-01-02";

    // Up to here a disk grows while the machine runs; across this border only while it rests.
    private const int LiveBorder = 4095;
    private const string Size = "/properties/diskSizeGB";

    private readonly Names names = manifest.Names;
    private readonly DataDiskSection disk = manifest.Vm.DataDisk;

    public override bool HoldsData => true;

    public override Comparison Comparison => base.Comparison with { Unordered = ["/zones"], Fixed = ["/location", "/zones", "/properties/creationData"] };

    protected override JsonNode Wish => Json.Of(new
    {
        location = manifest.Azure.Location,
        zones = manifest.Vm.Zone is { } zone ? new[] { zone } : null,
        sku = new { name = disk.Sku },
        properties = new
        {
            creationData = new { createOption = "Empty" },
            diskSizeGB = disk.SizeGB,
            networkAccessPolicy = "DenyAll",
            publicNetworkAccess = "Disabled",
        },
    });

    protected override UpdateStyle UpdateStyle => UpdateStyle.Patch;

    public override Problem? Objection(Verb verb, JsonNode? desired, JsonNode? observed) =>
        base.Objection(verb, desired, observed) ?? Shrinks(verb, desired, observed);

    public override string? Interruption(IReadOnlyList<Difference> differences) => differences.Any(NeedsRest) ? VirtualMachine.Rest : null;

    public override async Task ApplyAsync(Change change, CancellationToken cancel)
    {
        var isAttached = IsAttached(change.Observed);
        if (isAttached && change.Verb is Verb.Replace) await DetachAsync(cancel);

        // The machine stands on its disk: it sees afterwards that it rests, and starts.
        if (isAttached && change.Verb is Verb.Update && change.Differences.Any(NeedsRest)) await MachineRest.DuringAsync(Arm, names.VirtualMachine.Path, () => base.ApplyAsync(change, cancel), cancel);
        else await base.ApplyAsync(change, cancel);
    }

    private Problem? Shrinks(Verb verb, JsonNode? desired, JsonNode? observed) =>
        verb is Verb.Update ? DiskGrowth.Objection($"{Id}", "vm.dataDisk.sizeGB", Pointer.At(desired, Size), Pointer.At(observed, Size)) : null;

    private static bool NeedsRest(Difference difference) => difference.Path switch
    {
        "/sku/name" => true,
        Size => DiskGrowth.Of(difference.Before) <= LiveBorder && DiskGrowth.Of(difference.After) > LiveBorder,
        _ => false,
    };

    private bool IsAttached(JsonNode? observed) =>
        string.Equals(Pointer.At(observed, "/managedBy")?.ToString(), names.VirtualMachine.Path, StringComparison.OrdinalIgnoreCase);

    /// <summary>Takes the disk from its machine, which keeps running; attached, it could not be removed.</summary>
    private async Task DetachAsync(CancellationToken cancel)
    {
        var machine = await Arm.GetAsync(names.VirtualMachine.Path, VirtualMachine.ApiVersion, cancel);
        var attached = Pointer.At(machine, VirtualMachine.DataDisks) as JsonArray ?? [];
        var dataDisks = attached.Where(other => !IsThis(Pointer.At(other, "/managedDisk/id"))).Select(other => other?.DeepClone());
        await Arm.PatchAsync(names.VirtualMachine.Path, VirtualMachine.ApiVersion, Json.Of(new { properties = new { storageProfile = new { dataDisks } } }), cancel);
    }

    private bool IsThis(JsonNode? id) => string.Equals(id?.ToString(), Address.Id, StringComparison.OrdinalIgnoreCase);
}
