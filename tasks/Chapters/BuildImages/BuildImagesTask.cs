using Cake.Frosting;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>The base images, rebuilt when their inputs change.</summary>
[TaskName("BuildImages"), TaskDescription("Planned, not part of this version yet: base images for containers and Spark")]
[IsDependentOn(typeof(InstallDssTask))]
public sealed class BuildImagesTask : ConvergingTask
{
    public override string NotYet => "planned, not part of this version yet: builds the base images for containers and Spark";

    public override IEnumerable<Resource> Declare(Manifest manifest) => [];
}
