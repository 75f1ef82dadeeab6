using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The file system of a data disk. It is made on a disk that holds nothing at all, grows with its disk, and is never made anew.</summary>
public sealed class FileSystem(Machine machine, AttachedDisk disk, string type) : MachineResource(machine, "fileSystem", $"lun{disk.Lun}")
{
    public AttachedDisk Disk => disk;

    /// <summary>Its label, which only we give: that is how a file system of ours is known.</summary>
    public string Label { get; init; } = "dss-data";

    public override IReadOnlyList<ResourceId> After => [disk.Id, .. StandsOn];

    public override bool HoldsData => true;

    // A disk of terabytes is discarded block by block before it is formatted.
    public override bool IsLong => true;

    public override string MachineLock => $"disk-lun{disk.Lun}";

    public override JsonNode Desired => Json.Of(new { type, label = Label, complete = true, fillsDisk = true });

    public override Problem? Objection(Verb verb, JsonNode? desired, JsonNode? observed)
    {
        if (Text(observed, "/holds") is { } holds) return Foreign(holds, $"If it holds nothing that is needed, empty it yourself, then run again: wipefs --all {Device}");
        if (Text(observed, "/type") is not { } seen || (seen == type && Text(observed, "/label") == Label)) return null;

        var found = $"a file system of type {seen} with the label {Text(observed, "/label") ?? "(none)"} and the UUID {Text(observed, "/uuid")}";
        return Foreign(found, seen == type
            ? $"If it is the data of this deployment, give it our label while it is not mounted, then run again: {Relabel}"
            : $"A file system cannot be turned into another one: wish for {seen} in vm.dataDisk, or attach an empty disk.");
    }

    private string Device => $"/dev/disk/azure/scsi1/lun{disk.Lun}";

    private string Relabel => type == "xfs" ? $"xfs_admin -L {Label} {Device}" : $"e2label {Device} {Label}";

    protected override JobValues Asking => new() { { "lun", disk.Lun }, { "type", type }, { "label", Label } };

    private static string? Text(JsonNode? observed, string path) => Pointer.At(observed, path)?.ToString();

    private Problem Foreign(string what, string next) => new(
        "Disk is not empty",
        $"The data disk at LUN {disk.Lun} holds {what}, which this deployment did not make. A disk is only formatted when nothing at all is on it. {next}");
}
