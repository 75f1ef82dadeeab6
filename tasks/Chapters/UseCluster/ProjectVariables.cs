using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The variables of a project that the manifest names; others stay.</summary>
public sealed class ProjectVariables(Dss dss, ProjectSection project) : ProjectPart(dss, project, "projectVariables", "variables/")
{
    protected override JsonObject Wish => (JsonObject)Json.Of(new { standard = Section.Variables });
}
