using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>What <c>dssadmin</c> adds to an installation: Hadoop, Spark, R, the export of graphics. Each kit needs it anew.</summary>
public sealed class DssIntegration(Machine machine, DssHome home, string kind) : DssResource(machine, home, kind, home.Name)
{
    /// <summary>What it is unpacked from; null when it brings its own.</summary>
    public string? Archive { get; init; }

    // R packages are compiled, and the export of graphics downloads a browser.
    public override TimeSpan? Patience => TimeSpan.FromMinutes(60);

    public override JsonNode Desired => Json.Of(new { version = Home.Version });

    protected override JobValues Asking
    {
        get
        {
            var values = base.Asking;
            values.Add("archive", Archive);
            return values;
        }
    }
}
