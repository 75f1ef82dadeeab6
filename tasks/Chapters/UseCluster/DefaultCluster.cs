using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The cluster that is used where nobody chose one, instead of one that the machine happens to be set up for.</summary>
public sealed class DefaultCluster(Dss dss, JsonNode cluster) : DssPart(dss, "defaultCluster", "kubernetes")
{
    protected override string Path => "admin/general-settings";

    protected override JsonObject Wish => new() { ["defaultK8sClusterId"] = cluster.DeepClone(), ["useImplicitK8sCluster"] = false };
}
