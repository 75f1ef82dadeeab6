using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The data directory as it was before an upgrade, which DSS itself cannot undo. It is named after the version it was of, and stays.</summary>
public sealed class DssBackup(Machine machine, DssHome home, UpgradeBackup content) : DssResource(machine, home, "dssBackup", $"before-{home.Version}")
{
    public override TimeSpan? Patience => TimeSpan.FromHours(2);

    public override JsonNode Desired => Json.Of(new { before = "safe" });

    public override string? Notice =>
        content is UpgradeBackup.Data ? "DSS is away while its data directory is packed: about a minute for each 5 GB." : "DSS is away for some seconds while its configuration is packed.";

    protected override JobValues Asking
    {
        get
        {
            var values = base.Asking;
            values.Add("backups", Home.Backups);
            values.Add("content", content is UpgradeBackup.Data ? "data" : "config");
            return values;
        }
    }
}
