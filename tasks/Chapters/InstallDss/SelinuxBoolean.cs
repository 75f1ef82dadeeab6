using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>A switch of SELinux's policy, now and after the next boot. Where SELinux is off, nobody needs it.</summary>
public sealed class SelinuxBoolean(Machine machine, string name) : MachineResource(machine, "selinuxBoolean", name)
{
    public override string MachineLock => "selinux";

    public override JsonNode Desired => Json.Of(new { state = "on" });

    protected override JobValues Asking => new() { { "name", Id.Name } };
}
