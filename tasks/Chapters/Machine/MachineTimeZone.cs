using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The time zone of the machine, by its name of the tz database.</summary>
public sealed class MachineTimeZone(Machine machine, string zone) : MachineResource(machine, "timeZone", "machine")
{
    public override JsonNode Desired => Json.Of(new { zone });

    protected override JobValues Asking => new() { { "zone", zone } };
}
