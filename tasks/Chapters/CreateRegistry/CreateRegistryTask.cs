using Cake.Frosting;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>The container registry, and who may push to it and pull from it.</summary>
[TaskName("CreateRegistry"), TaskDescription("Container registry; DSS may push to it, the clusters may pull from it")]
[IsDependentOn(typeof(CreateNetworkTask)), IsDependentOn(typeof(CreateIdentityTask))]
public sealed class CreateRegistryTask : ConvergingTask
{
    public override IEnumerable<Resource> Declare(Manifest manifest) => [];
}
