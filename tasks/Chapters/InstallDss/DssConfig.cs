using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>What DSS generates from its <c>install.ini</c>: ports, memory, the configuration of its own nginx.</summary>
public sealed class DssConfig(Machine machine, DssHome home) : DssResource(machine, home, "dssConfig", "install.ini")
{
    public override JsonNode Desired => Json.Of(new { generated = "from install.ini" });

    public override string? Notice => "DSS is away for about 2 minutes: it restarts with the new configuration.";
}
