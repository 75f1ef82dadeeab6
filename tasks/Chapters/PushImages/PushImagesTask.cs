using Cake.Frosting;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>The base images, pushed to the registry.</summary>
[TaskName("PushImages"), TaskDescription("Planned, not part of this version yet: base images into the registry")]
[IsDependentOn(typeof(CreateRegistryTask)), IsDependentOn(typeof(BuildImagesTask)), IsDependentOn(typeof(ConfigureContainersTask)), IsDependentOn(typeof(ConfigureSparkTask))]
public sealed class PushImagesTask : ConvergingTask
{
    public override string NotYet => "planned, not part of this version yet: pushes the base images to the registry";

    public override IEnumerable<Resource> Declare(Manifest manifest) => [];
}
