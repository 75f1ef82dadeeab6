using Cake.Frosting;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The DSS projects that use the clusters, and the cluster of all others.</summary>
[TaskName("UseCluster"), TaskDescription("The default cluster, and DSS projects with their cluster, execution configuration, permissions and variables")]
[IsDependentOn(typeof(PushImagesTask)), IsDependentOn(typeof(CreateAksTask))]
public sealed class UseClusterTask(Dss dss) : ConvergingTask
{
    public override string? NotYet => dss?.Missing is { } missing ? $"nothing inside DSS is looked at: {missing}" : null;

    public override IEnumerable<Resource> Declare(Manifest manifest)
    {
        if (dss.Missing is not null) yield break;

        if (manifest.Aks.DefaultCluster is { } cluster) yield return new DefaultCluster(dss, manifest.Names.For(cluster).InDss.Name);
        foreach (var project in manifest.Projects)
        {
            yield return new Project(dss, manifest, project) { StandsOn = DssUser.Of(manifest, project.Owner) };
            yield return new ProjectSettings(dss, project, ClusterOf(manifest, project.Cluster)) { StandsOn = project.ExecutionConfig is { } config ? [Names.ExecutionConfig(config)] : [] };
            yield return new ProjectPermissions(dss, project) { StandsOn = [.. DssUser.Of(manifest, project.Owner), .. DssGroup.Of(manifest, project.Permissions.Select(permission => permission.Group))] };
            if (project.Variables.Count > 0) yield return new ProjectVariables(dss, project);
        }
    }

    public override IEnumerable<LeftoverSearch> Search(Manifest manifest) =>
        dss.Missing is null ? [new DssLeftovers(manifest, "project", key => new UnwantedProject(dss, manifest, key))] : [];

    /// <summary>The id of a cluster in DSS, which is its name; null for none.</summary>
    private static string? ClusterOf(Manifest manifest, string? name) => name is null ? null : manifest.Names.For(manifest.Aks.Clusters.First(cluster => cluster.Name == name)).InDss.Name;
}
