using Cake.Frosting;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>The AKS plugin of DSS and its presets.</summary>
[TaskName("InstallAksPlugin"), TaskDescription("Planned, not part of this version yet: AKS plugin of DSS and its presets")]
[IsDependentOn(typeof(InstallDssTask))]
public sealed class InstallAksPluginTask : ConvergingTask
{
    public override string NotYet => "planned, not part of this version yet: installs the AKS plugin of DSS and writes its presets";

    public override IEnumerable<Resource> Declare(Manifest manifest) => [];
}
