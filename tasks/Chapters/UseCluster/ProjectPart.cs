using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>One document of a project.</summary>
public abstract class ProjectPart(Dss dss, ProjectSection project, string kind, string document) : DssPart(dss, kind, project.Key)
{
    public sealed override ResourceId? LivesIn => Project.IdOf(project.Key);

    /// <summary>What the manifest says of the project.</summary>
    protected ProjectSection Section => project;

    protected sealed override string Path => Project.PathOf(project.Key, document);
}
