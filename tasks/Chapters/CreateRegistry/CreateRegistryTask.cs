using Cake.Frosting;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The container registry, and who may push to it and pull from it.</summary>
[TaskName("CreateRegistry"), TaskDescription("Container registry; DSS may push to it, the clusters may pull from it")]
[IsDependentOn(typeof(CreateNetworkTask)), IsDependentOn(typeof(CreateIdentityTask))]
public sealed class CreateRegistryTask(Arm arm) : ConvergingTask
{
    public override IEnumerable<Resource> Declare(Manifest manifest)
    {
        var (registry, who) = (manifest.Names.Registry, new Principals(manifest));

        yield return new Registry(arm, manifest);
        foreach (var way in PrivateAccess.To(arm, manifest, registry, "registry")) yield return way;
        yield return new RoleAssignment(arm, manifest, new Grant(who.Dss, "AcrPush", registry));

        // Whoever may push may pull as well: clusters that DSS makes pull as DSS itself.
        if (who.HasClusters && who.Kubelet != who.Dss) yield return new RoleAssignment(arm, manifest, new Grant(who.Kubelet, "AcrPull", registry));
    }
}
