using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>Where a file system is mounted, now and after each boot. A machine whose disk is missing boots all the same.</summary>
public sealed class Mount(Machine machine, string path, FileSystem fileSystem) : MachineResource(machine, "mount", path.TrimStart('/'))
{
    public override IReadOnlyList<ResourceId> After => [fileSystem.Id, .. StandsOn];

    // One line of /etc/fstab after the other.
    public override string Lane => "machine/fstab";

    public override string MachineLock => "fstab";

    public override JsonNode Desired => Json.Of(new { now = "mounted", atBoot = "mounted" });

    protected override JobValues Asking => new() { { "path", path }, { "lun", fileSystem.Disk.Lun } };
}
