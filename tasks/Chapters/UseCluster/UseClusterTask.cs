using Cake.Frosting;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>The DSS projects that use the clusters.</summary>
[TaskName("UseCluster"), TaskDescription("Planned, not part of this version yet: DSS projects that use the clusters")]
[IsDependentOn(typeof(PushImagesTask)), IsDependentOn(typeof(CreateAksTask))]
public sealed class UseClusterTask : ConvergingTask
{
    public override string NotYet => "planned, not part of this version yet: creates the DSS projects and points them at their cluster";

    public override IEnumerable<Resource> Declare(Manifest manifest) => [];
}
