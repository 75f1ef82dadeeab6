using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>Which cluster and which containerized execution configuration a project uses.</summary>
public sealed class ProjectSettings(Dss dss, ProjectSection project, JsonNode? cluster) : ProjectPart(dss, project, "projectSettings", "settings")
{
    private const string Inherit = "INHERIT";

    protected override JsonObject Wish => (JsonObject)Json.Of(new
    {
        settings = new
        {
            k8sCluster = cluster is null ? Json.Of(new { clusterMode = Inherit }) : Json.Of(new { clusterMode = "EXPLICIT_CLUSTER", clusterId = cluster }),
            container = Section.ExecutionConfig is null ? Json.Of(new { containerMode = Inherit }) : Json.Of(new { containerMode = "EXPLICIT_CONTAINER", containerConf = Section.ExecutionConfig }),
        },
    });

    // What belongs to another mode would be left over.
    protected override void Lay(JsonObject document, JsonObject wish)
    {
        var settings = document["settings"] as JsonObject;
        if (settings is null) document["settings"] = settings = [];
        foreach (var (name, value) in (JsonObject)wish["settings"]!) settings[name] = value?.DeepClone();
    }

    protected override IReadOnlyList<string> Owned => ["/settings/k8sCluster", "/settings/container"];
}
