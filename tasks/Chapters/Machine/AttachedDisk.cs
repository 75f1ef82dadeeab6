using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>A data disk as the machine sees it, found by the logical unit number it is attached at. Nobody makes it here: it is waited for.</summary>
public sealed class AttachedDisk(Machine machine, int lun) : MachineResource(machine, "disk", $"lun{lun}")
{
    public int Lun => lun;

    // Azure says that a disk is attached some time before the kernel of the machine has found it.
    public override TimeSpan? Patience => TimeSpan.FromMinutes(5);

    public override JsonNode Desired => Json.Of(new { attached = true });

    protected override JobValues Asking => new() { { "lun", lun } };
}
