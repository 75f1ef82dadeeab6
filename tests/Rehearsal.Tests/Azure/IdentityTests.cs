using DssPipeline.Convergence;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>An identity that somebody deletes is made anew, and to Azure it is somebody else: its roles are given again without anybody being asked.</summary>
public sealed class IdentityTests
{
    [Fact]
    public async Task Roles_of_an_identity_made_anew_are_given_again()
    {
        await using var rehearsed = await Rehearsed.OpenAsync("minimal", "identity.kind=managedIdentity", "aks.clusters=[{name: aks-demo, managedBy: azure}]");
        await rehearsed.DeployAsync();
        await rehearsed.Somebody.DeleteAsync(rehearsed.Manifest.Names.KubeletIdentity.Path, "2024-11-30");

        var repaired = await rehearsed.DeployAsync();
        var again = await rehearsed.PlanAsync();

        Assert.True(repaired.IsGood, Rehearsed.Failures(repaired));
        Assert.Contains(repaired.Outcomes, outcome => outcome is { Ending: Ending.Made, Id.Name: "crdemo/id-demo-kubelet/AcrPull" });
        Assert.True(again.IsEmpty, Rehearsed.Text(again));
    }
}
