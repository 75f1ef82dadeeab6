using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>DSS does not run while there is work on its installation: an upgrade, Hadoop, Spark. It is started again after that work.</summary>
public sealed class DssRest(Machine machine, DssHome home) : DssResource(machine, home, "dssRest", home.Version)
{
    public override JsonNode Desired => Json.Of(new { conflict = "none" });

    public override string? Notice =>
        "DSS is stopped until this work is done and it was started again: about 5 minutes, about 20 for an upgrade. Running jobs are ended.";
}
