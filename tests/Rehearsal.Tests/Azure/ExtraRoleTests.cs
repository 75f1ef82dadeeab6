using DssPipeline.Convergence;
using DssPipeline.Sandbox;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>A role that somebody gives to one of our principals is found, named and taken back; roles of others are theirs.</summary>
public sealed class ExtraRoleTests
{
    private const string Owner = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
    private const string ApiVersion = "2022-04-01";

    [Fact]
    public async Task A_role_given_to_our_principal_is_seen_and_taken_back()
    {
        await using var rehearsed = await Rehearsed.OpenAsync("reference");
        await rehearsed.DeployAsync();
        await GiveAsync(rehearsed, rehearsed.Manifest.Identity.ServicePrincipal!.ObjectId, rehearsed.Manifest.Names.Registry.Path);

        var seen = await rehearsed.PlanAsync();
        var repaired = await rehearsed.DeployAsync();
        var again = await rehearsed.PlanAsync();

        var change = Assert.Single(seen.Changes, change => change.Verb is not Verb.Keep);
        Assert.Equal((Verb.Delete, "azure/roleAssignment/crreference/00000000-0000-0000-0000-000000000004/Owner"), (change.Verb, change.Id.ToString()));
        Assert.True(repaired.IsGood, Rehearsed.Failures(repaired));
        Assert.True(again.IsEmpty, Rehearsed.Text(again));
    }

    [Fact]
    public async Task A_role_given_to_somebody_else_is_left_alone()
    {
        await using var rehearsed = await Rehearsed.OpenAsync("reference");
        await rehearsed.DeployAsync();
        await GiveAsync(rehearsed, "77777777-0000-0000-0000-000000000000", rehearsed.Manifest.Names.ResourceGroup.Path);

        var plan = await rehearsed.PlanAsync();

        Assert.True(plan.IsEmpty, Rehearsed.Text(plan));
    }

    [Fact]
    public async Task Roles_of_whoever_runs_the_pipeline_are_left_alone_even_when_it_is_our_principal()
    {
        await using var rehearsed = await Rehearsed.OpenAsync("reference", $"identity.servicePrincipal.objectId={SandboxIds.ServicePrincipal}");
        await rehearsed.DeployAsync();
        await GiveAsync(rehearsed, SandboxIds.ServicePrincipal, rehearsed.Manifest.Names.ResourceGroup.Path);

        var plan = await rehearsed.PlanAsync();

        Assert.True(plan.IsEmpty, Rehearsed.Text(plan));
    }

    [Fact]
    public async Task A_role_the_manifest_no_longer_gives_is_taken_back()
    {
        await using var rehearsed = await Rehearsed.OpenAsync("reference", "identity.roleAssignments=[{principal: 33333333-0000-0000-0000-000000000000, principalType: Group, role: Reader}]");
        await rehearsed.DeployAsync();
        var later = rehearsed.With("identity.roleAssignments=[]");

        var plan = await later.PlanAsync();

        var change = Assert.Single(plan.Changes, change => change.Verb is not Verb.Keep);
        Assert.Equal((Verb.Delete, "azure/roleAssignment/rg-reference/33333333-0000-0000-0000-000000000000/Reader"), (change.Verb, change.Id.ToString()));
    }

    private static Task GiveAsync(Rehearsed rehearsed, string principal, string scope) => rehearsed.Somebody.PutAsync(
        $"{scope}/providers/Microsoft.Authorization/roleAssignments/99999999-0000-4000-8000-000000000001",
        ApiVersion,
        new { properties = new { principalId = principal, principalType = "ServicePrincipal", roleDefinitionId = $"{rehearsed.Manifest.Names.SubscriptionPath}/providers/Microsoft.Authorization/roleDefinitions/{Owner}" } });
}
