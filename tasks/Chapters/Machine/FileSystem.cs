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

    public override string MachineLock => $"disk-lun{disk.Lun}";

    public override JsonNode Desired => Json.Of(new { type, label = Label, complete = true, fillsDisk = true });

    public override Problem? Objection(Verb verb, JsonNode? desired, JsonNode? observed) => null;

    protected override JobValues Asking => new() { { "lun", disk.Lun }, { "type", type }, { "label", Label } };
}
