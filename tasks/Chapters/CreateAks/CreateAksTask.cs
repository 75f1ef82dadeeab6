using Cake.Frosting;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>The AKS clusters and their node pools.</summary>
[TaskName("CreateAks"), TaskDescription("AKS clusters that Azure manages, and their node pools (clusters made by DSS: planned)")]
[IsDependentOn(typeof(CreateNetworkTask)), IsDependentOn(typeof(CreateIdentityTask)), IsDependentOn(typeof(CreateRegistryTask))]
public sealed class CreateAksTask : ConvergingTask
{
    public override string NotYet => "planned, not part of this version yet: clusters that DSS makes through its plugin, and attaching the others to DSS";

    public override IEnumerable<Resource> Declare(Manifest manifest) => [];
}
