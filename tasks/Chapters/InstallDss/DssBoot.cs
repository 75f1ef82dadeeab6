using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The unit that starts DSS with the machine, as the kit writes it.</summary>
public sealed class DssBoot(Machine machine, DssHome home) : DssResource(machine, home, "dssBoot", DssHome.Unit)
{
    public override JsonNode Desired => Json.Of(new { dataDirectory = Home.Data, account = Home.Account, initScript = "none" });
}
