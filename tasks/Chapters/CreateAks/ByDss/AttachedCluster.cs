using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>Which AKS cluster an attached one of DSS means. DSS keeps what it saw when it was started, and goes on calling it running when that cluster is gone and another has its name.</summary>
internal sealed class AttachedCluster(Arm arm, Dss dss, ArmAddress address, string name)
{
    /// <summary>The one that is in Azure now, as far as both tell.</summary>
    public const string Standing = "the cluster in Azure";

    /// <summary>One whose credentials are of no use any more.</summary>
    public const string Gone = "one that is gone";

    // What tells two clusters of one name apart: as Azure spells it, and as the plugin's library does.
    private static readonly (string InAzure, string InDss)[] Marks = [("resourceUID", "resource_uid"), ("fqdn", "fqdn"), ("privateFQDN", "private_fqdn")];

    public async Task<string> TellAsync(DssClusterStatus status, CancellationToken cancel)
    {
        if (status.State is not DssClusterStatus.Running) return Standing;
        if (Pointer.At(await arm.ObserveAsync(address, cancel), "/properties") is not JsonObject standing) return Gone;

        var seen = Pointer.At(await dss.GetAsync(Dss.Path("admin", "clusters", name), cancel), "/data/cluster") as JsonObject ?? [];
        foreach (var (inAzure, inDss) in Marks)
        {
            var (now, then) = ($"{standing[inAzure]}", $"{seen[inDss]}");
            if (now is not "" && then is not "") return now == then ? Standing : Gone;
        }

        return Standing;
    }
}
