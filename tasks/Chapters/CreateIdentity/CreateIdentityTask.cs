using Cake.Frosting;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>Who DSS and its clusters are in Azure, what they may do, and where secrets are kept.</summary>
[TaskName("CreateIdentity"), TaskDescription("Service principal or managed identities with the roles they need, and the Key Vault")]
[IsDependentOn(typeof(CreateResourceGroupTask)), IsDependentOn(typeof(CreateNetworkTask))]
public sealed class CreateIdentityTask : ConvergingTask
{
    public override IEnumerable<Resource> Declare(Manifest manifest) => [];
}
