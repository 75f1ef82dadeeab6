using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The packages that the kit of this version asks for, as its own script says. Java and Python are chosen by the manifest and not by it.</summary>
public sealed class DssDeps(Machine machine, DssHome home, Manifest manifest) : DssResource(machine, home, "dssDeps", home.Version)
{
    // It runs dnf.
    public override string MachineLock => "dnf";

    public override TimeSpan? Patience => TimeSpan.FromMinutes(45);

    public override JsonNode Desired => Json.Of(new { installed = true });

    protected override JobValues Asking
    {
        get
        {
            var values = base.Asking;
            values.Add("option", ["-without-java", "-without-python"]);
            if (Home.RunsJobs && manifest.Dss.R) values.Add("option", "-with-r");
            if (Home.RunsJobs && manifest.Dss.GraphicsExport) values.Add("option", "-with-chrome");
            return values;
        }
    }
}
