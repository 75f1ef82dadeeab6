using Cake.Frosting;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>The proof that everything works together.</summary>
[TaskName("Verify"), TaskDescription("Planned, not part of this version yet: proof that work runs on the clusters")]
[IsDependentOn(typeof(PushImagesTask)), IsDependentOn(typeof(CreateAdlsTask)), IsDependentOn(typeof(InstallAksPluginTask)), IsDependentOn(typeof(CreateAksTask)), IsDependentOn(typeof(UseClusterTask))]
public sealed class VerifyTask : ConvergingTask
{
    public override string NotYet => "planned, not part of this version yet: runs work on the clusters as proof";

    public override IEnumerable<Resource> Declare(Manifest manifest) => [];
}
