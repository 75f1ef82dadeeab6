using Cake.Frosting;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>The virtual network of DSS and its clusters, and who may come in.</summary>
[TaskName("CreateNetwork"), TaskDescription("Virtual network, subnets for DSS and AKS, who may come in; or the network that exists")]
[IsDependentOn(typeof(CreateResourceGroupTask))]
public sealed class CreateNetworkTask : ConvergingTask
{
    public override IEnumerable<Resource> Declare(Manifest manifest) => [];
}
