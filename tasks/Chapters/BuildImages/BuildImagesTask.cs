using Cake.Frosting;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The base images, rebuilt exactly when their inputs change.</summary>
[TaskName("BuildImages"), TaskDescription("Base images for containers and Spark, rebuilt exactly when their inputs change")]
[IsDependentOn(typeof(InstallDssTask))]
public sealed class BuildImagesTask(Machine machine) : ConvergingTask
{
    public override string? NotYet => machine.Missing;

    public override IEnumerable<Resource> Declare(Manifest manifest)
    {
        // The other kinds of node run no jobs, so nothing of them runs in containers.
        if (machine.Missing is not null || manifest.Dss.NodeType is not ("design" or "automation")) yield break;

        foreach (var kind in BaseImageKind.All.Where(kind => kind.Of(manifest.Images).Build)) yield return new BaseImage(machine, manifest, kind);
    }
}
