using Cake.Frosting;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>The ADLS gen2 accounts, their containers, and who may use them.</summary>
[TaskName("CreateAdls"), TaskDescription("ADLS gen2 accounts, their containers and who may use them (DSS connections: planned)")]
[IsDependentOn(typeof(CreateNetworkTask)), IsDependentOn(typeof(CreateIdentityTask))]
public sealed class CreateAdlsTask : ConvergingTask
{
    public override string NotYet => "planned, not part of this version yet: the DSS connections to the accounts";

    public override IEnumerable<Resource> Declare(Manifest manifest) => [];
}
