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

    public override Problem? Objection(Verb verb, JsonNode? desired, JsonNode? observed)
    {
        if (InTheWay.Of(Id, path, observed) is { } problem) return problem;
        if (Pointer.At(observed, "/foreign") is { } line) return InTheWay.Of(Id, path, Json.Of(new { inTheWay = $"a line of /etc/fstab that others wrote ({line})" }));
        return Pointer.At(observed, "/hides") is { } hidden
            ? new Problem(
                "Mount would hide files",
                $"{Id}: the disk is not mounted at {path}, and {hidden} are in that folder. They would be hidden by the mount, and their space would stay taken. "
                + "If they were written while the disk was away, move them aside, run again, and put back what is needed.")
            : null;
    }

    protected override JobValues Asking => new() { { "path", path }, { "lun", fileSystem.Disk.Lun } };
}
