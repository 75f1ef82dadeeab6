using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>One setting of the kernel, such as <c>vm.max_map_count</c>, now and after each boot.</summary>
public sealed class Sysctl(Machine machine, string name, string value) : MachineResource(machine, "sysctl", name)
{
    public override JsonNode Desired => Json.Of(new { now = value, atBoot = value });

    protected override JobValues Asking => new() { { "name", Id.Name }, { "wished", value } };
}
