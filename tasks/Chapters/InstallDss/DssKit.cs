using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The unpacked kit of one version, owned by the account of DSS, because Hadoop and Spark are unpacked into it. Kits of other versions stay.</summary>
public sealed class DssKit(Machine machine, DssHome home, string archive) : DssResource(machine, home, "dssKit", home.Version)
{
    public override string MachineLock => "dss-kit";

    public override JsonNode Desired => Json.Of(new { version = Home.Version, owner = Home.Account });

    protected override JobValues Asking
    {
        get
        {
            var values = base.Asking;
            values.Add("archive", archive);
            return values;
        }
    }
}
