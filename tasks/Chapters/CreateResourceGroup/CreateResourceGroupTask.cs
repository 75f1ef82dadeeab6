using Cake.Frosting;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The one resource group of the deployment, the providers it needs, and its lock.</summary>
[TaskName("CreateResourceGroup"), TaskDescription("The one resource group that everything lives in, and the providers it needs")]
public sealed class CreateResourceGroupTask(Arm arm) : ConvergingTask
{
    public override IEnumerable<Resource> Declare(Manifest manifest)
    {
        var providers = new Providers(arm, arm.Clock);

        foreach (var name in NeededProviders.Of(manifest)) yield return new ResourceProvider(arm, providers, manifest.Azure.Subscription, name);
        yield return new ResourceGroup(arm, manifest);
        yield return new DeleteLock(arm, manifest);
    }

    public override IEnumerable<LeftoverSearch> Search(Manifest manifest) => [new Undeclared(arm, manifest)];
}
