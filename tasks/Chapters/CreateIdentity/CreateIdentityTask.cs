using Cake.Frosting;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>Who DSS and its clusters are in Azure, what they may do, and where secrets are kept.</summary>
[TaskName("CreateIdentity"), TaskDescription("Service principal or managed identities with the roles they need, and the Key Vault")]
[IsDependentOn(typeof(CreateResourceGroupTask)), IsDependentOn(typeof(CreateNetworkTask))]
public sealed class CreateIdentityTask(Arm arm) : ConvergingTask
{
    public override IEnumerable<Resource> Declare(Manifest manifest)
    {
        foreach (var identity in new Principals(manifest).Identities) yield return new UserAssignedIdentity(arm, manifest, identity);
        yield return new KeyVault(arm, manifest);
        foreach (var way in PrivateAccess.To(arm, manifest, manifest.Names.KeyVault, "vault")) yield return way;
        foreach (var grant in NeededRoles.Of(manifest).DistinctBy(grant => grant.Name.Id)) yield return new RoleAssignment(arm, manifest, grant);
    }

    public override IEnumerable<LeftoverSearch> Search(Manifest manifest) => [new ExtraRoles(arm, manifest)];
}
