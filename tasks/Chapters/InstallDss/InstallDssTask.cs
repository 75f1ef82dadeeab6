using Cake.Frosting;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>DSS itself, installed and upgraded in place.</summary>
[TaskName("InstallDss"), TaskDescription("Planned, not part of this version yet: DSS with its Hadoop and Spark libraries")]
[IsDependentOn(typeof(PrepareVmTask))]
public sealed class InstallDssTask : ConvergingTask
{
    public override string NotYet => "planned, not part of this version yet: installs DSS with its Hadoop and Spark libraries";

    public override IEnumerable<Resource> Declare(Manifest manifest) => [];
}
