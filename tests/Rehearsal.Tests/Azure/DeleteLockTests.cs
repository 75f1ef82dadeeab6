using DssPipeline.Chapters;
using DssPipeline.Convergence;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>The deployment's own lock is in nobody's way but that of others: a run lifts it for what it may remove, and it is there again at the end.</summary>
public sealed class DeleteLockTests
{
    private const string Locked = "policy.deleteLock=true";
    private const string LockVersion = "2020-05-01";
    private const string Gallery = "vm.image.communityGalleryImageId=/CommunityGalleries/almalinux-56b45196-f8a2-4e53-858a-bc4d0ebca440/Images/almalinux-8-gen2/Versions/latest";

    [Fact]
    public async Task An_extra_role_in_production_is_taken_back_and_the_lock_is_there_again()
    {
        await using var rehearsed = await Rehearsed.OpenAsync("production");
        await rehearsed.DeployAsync();
        var machine = await rehearsed.Somebody.GetAsync(rehearsed.Manifest.Names.VmIdentity.Path, "2024-11-30");
        await GiveAsync(rehearsed, $"{Pointer.At(machine, "/properties/principalId")}");

        var seen = await rehearsed.PlanAsync();
        var repaired = await rehearsed.DeployAsync();
        var again = await rehearsed.PlanAsync();

        Assert.Equal(Verb.Delete, Assert.Single(seen.Changes, change => change.Verb is not Verb.Keep).Verb);
        Assert.True(repaired.IsGood, Rehearsed.Failures(repaired));
        Assert.True(again.IsEmpty, Rehearsed.Text(again));
        Assert.NotNull(await LockAsync(rehearsed));
    }

    [Fact]
    public async Task A_machine_is_made_anew_and_a_leftover_goes_under_the_lock()
    {
        await using var rehearsed = await Rehearsed.OpenAsync("minimal", Locked, "adls=[{account: stdemo, containers: [data, old]}]");
        await rehearsed.DeployAsync();
        var later = rehearsed.With(Locked, Gallery, "adls=[{account: stdemo, containers: [data]}]", "policy.allowReplace=[azure/virtualMachine/vm-demo]", "policy.allowDelete=[azure/blobContainer/stdemo/old]");

        var changed = await later.DeployAsync();
        var plan = await later.PlanAsync();

        Assert.True(changed.IsGood, Rehearsed.Failures(changed));
        Assert.True(plan.IsEmpty, Rehearsed.Text(plan));
        Assert.NotNull(await LockAsync(rehearsed));
    }

    [Fact]
    public async Task A_run_cancelled_after_it_lifted_the_lock_puts_it_back()
    {
        await using var rehearsed = await Rehearsed.OpenFaultyAsync("slow@DELETE */roleAssignments/* skip=1 delay=1s", "reference", Locked);
        await rehearsed.DeployAsync();
        await GiveAsync(rehearsed, rehearsed.Manifest.Identity.ServicePrincipal!.ObjectId);
        using var cancel = new CancellationTokenSource();

        var run = rehearsed.DeployAsync(_ => { }, cancel.Token);
        while (!run.IsCompleted && await LockAsync(rehearsed) is not null) await Task.Yield();
        var wasLifted = await LockAsync(rehearsed) is null;
        await cancel.CancelAsync();
        await run;

        Assert.True(wasLifted);
        Assert.NotNull(await LockAsync(rehearsed));
    }

    [Fact]
    public async Task A_lock_of_somebody_else_is_named_and_ours_stays_on_with_it()
    {
        await using var rehearsed = await Rehearsed.OpenAsync("reference", Locked);
        await rehearsed.DeployAsync();
        await GiveAsync(rehearsed, rehearsed.Manifest.Identity.ServicePrincipal!.ObjectId);
        var theirs = $"{rehearsed.Manifest.Names.ResourceGroup.Path}/providers/Microsoft.Authorization/locks/theirs";
        await rehearsed.Somebody.PutAsync(theirs, LockVersion, new { properties = new { level = "CanNotDelete" } });

        var report = await rehearsed.DeployAsync();

        var failed = Assert.Single(report.Outcomes, outcome => !outcome.IsGood);
        Assert.Equal("Locked", failed.Problem!.Summary);
        Assert.Contains(theirs, failed.Problem.Detail, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("policy.deleteLock", failed.Problem.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(rehearsed.Writes, write => write.StartsWith("DELETE", StringComparison.Ordinal) && write.Contains("/locks/", StringComparison.Ordinal));
    }

    private static Task<System.Text.Json.Nodes.JsonNode?> LockAsync(Rehearsed rehearsed) =>
        rehearsed.Somebody.GetAsync(rehearsed.Manifest.Names.DeleteLock.Path, LockVersion);

    private static Task GiveAsync(Rehearsed rehearsed, string principal) => rehearsed.Somebody.PutAsync(
        $"{rehearsed.Manifest.Names.Registry.Path}/providers/Microsoft.Authorization/roleAssignments/99999999-0000-4000-8000-000000000001",
        RoleAssignment.ApiVersion,
        new { properties = new { principalId = principal, principalType = "ServicePrincipal", roleDefinitionId = $"{rehearsed.Manifest.Names.SubscriptionPath}/providers/Microsoft.Authorization/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635" } });
}
