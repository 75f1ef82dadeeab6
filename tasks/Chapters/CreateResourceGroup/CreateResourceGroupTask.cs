using Cake.Frosting;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>The one resource group of the deployment, the providers it needs, and its lock.</summary>
[TaskName("CreateResourceGroup"), TaskDescription("The one resource group that everything lives in, and the providers it needs")]
public sealed class CreateResourceGroupTask : ConvergingTask
{
    public override IEnumerable<Resource> Declare(Manifest manifest) => [];
}
