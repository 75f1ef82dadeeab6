using System.Text.Json.Nodes;
using DssPipeline.Chapters;
using DssPipeline.Convergence;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>What becomes of the machine of DSS and its disk in their life.</summary>
public sealed class MachineTests
{
    [Fact]
    public async Task A_larger_machine_with_larger_disks_rests_changes_and_runs_again()
    {
        await using var rehearsed = await Rehearsed.OpenAsync("minimal");
        await rehearsed.DeployAsync();
        var later = rehearsed.With("vm.size=Standard_E8s_v5", "vm.osDisk.sizeGB=128", "vm.dataDisk.sizeGB=8000", "vm.dataDisk.sku=StandardSSD_LRS", "vm.encryptionAtHost=true");

        var changed = await later.DeployAsync();
        var plan = await later.PlanAsync();

        Assert.True(changed.IsGood, Rehearsed.Failures(changed));
        Assert.True(plan.IsEmpty, Rehearsed.Text(plan));
        Assert.Equal("running", await PowerAsync(rehearsed));
    }

    [Theory]
    [InlineData("fail-operation@PUT *Microsoft.Compute/virtualMachines/* skip=1 times=1 code=AllocationFailed", "vm.size=Standard_E8s_v5", "No capacity in Azure")]
    [InlineData("409@PATCH *Microsoft.Compute/disks/* times=1 code=SkuNotAvailable", "vm.dataDisk.sku=StandardSSD_LRS", "Size not offered here")]
    public async Task A_change_that_fails_does_not_leave_the_machine_stopped(string faults, string change, string summary)
    {
        await using var rehearsed = await Rehearsed.OpenFaultyAsync(faults, "minimal");
        await rehearsed.DeployAsync();

        var failed = await rehearsed.With(change).DeployAsync();

        Assert.Contains(failed.Outcomes, outcome => outcome.Problem?.Summary == summary);
        Assert.Contains(rehearsed.Writes, write => write.EndsWith("/deallocate", StringComparison.Ordinal));
        Assert.Equal("running", await PowerAsync(rehearsed));
    }

    [Fact]
    public async Task A_disk_that_grows_within_bounds_leaves_the_machine_running()
    {
        await using var rehearsed = await Rehearsed.OpenAsync("minimal");
        await rehearsed.DeployAsync();

        var changed = await rehearsed.With("vm.dataDisk.sizeGB=512").DeployAsync();

        Assert.True(changed.IsGood, Rehearsed.Failures(changed));
        Assert.DoesNotContain(rehearsed.Writes, write => write.EndsWith("/deallocate", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_machine_that_somebody_stops_is_started()
    {
        await using var rehearsed = await Rehearsed.OpenAsync("minimal");
        await rehearsed.DeployAsync();
        await rehearsed.Somebody.PostAsync($"{Machine(rehearsed)}/deallocate", VirtualMachine.ApiVersion);

        var started = await rehearsed.DeployAsync();

        Assert.True(started.IsGood, Rehearsed.Failures(started));
        Assert.Equal("running", await PowerAsync(rehearsed));
    }

    [Fact]
    public async Task A_disk_that_others_attached_stays_attached_through_a_change()
    {
        await using var rehearsed = await Rehearsed.OpenAsync("minimal");
        await rehearsed.DeployAsync();
        var theirs = $"{rehearsed.Manifest.Names.ResourceGroup.Path}/providers/Microsoft.Compute/disks/theirs";
        await rehearsed.Somebody.PutAsync(theirs, DataDisk.ApiVersion, new { location = "westeurope", sku = new { name = "Premium_LRS" }, properties = new { creationData = new { createOption = "Empty" }, diskSizeGB = 8 } });
        var body = (JsonObject)(await rehearsed.Somebody.GetAsync(Machine(rehearsed), VirtualMachine.ApiVersion))!;
        ((JsonArray)Pointer.At(body, "/properties/storageProfile/dataDisks")!).Add(Json.Of(new { lun = 7, createOption = "Attach", managedDisk = new { id = theirs } }));
        await rehearsed.Somebody.PutAsync(Machine(rehearsed), VirtualMachine.ApiVersion, body);

        var unbent = await rehearsed.PlanAsync();
        var changed = await rehearsed.With("vm.size=Standard_E8s_v5", "azure.tags={team: data}").DeployAsync();

        var disks = (JsonArray)Pointer.At(await rehearsed.Somebody.GetAsync(Machine(rehearsed), VirtualMachine.ApiVersion), "/properties/storageProfile/dataDisks")!;
        Assert.True(unbent.IsEmpty, Rehearsed.Text(unbent));
        Assert.True(changed.IsGood, Rehearsed.Failures(changed));
        Assert.Equal(["0", "7"], disks.Select(disk => $"{disk!["lun"]}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_machine_made_anew_keeps_its_address_and_its_data()
    {
        await using var rehearsed = await Rehearsed.OpenAsync("minimal");
        await rehearsed.DeployAsync();
        var disk = await TagAsync(rehearsed);
        var gallery = "vm.image.communityGalleryImageId=/CommunityGalleries/almalinux-56b45196-f8a2-4e53-858a-bc4d0ebca440/Images/almalinux-8-gen2/Versions/latest";

        var refused = await rehearsed.With(gallery).PlanAsync();
        var replaced = await rehearsed.With(gallery, "policy.allowReplace=[azure/virtualMachine/vm-demo]").DeployAsync();

        Assert.Equal("azure/virtualMachine/vm-demo", Assert.Single(refused.Refused).Id.ToString());
        Assert.True(replaced.IsGood, Rehearsed.Failures(replaced));
        Assert.Equal(disk, await TagAsync(rehearsed));
    }

    [Fact]
    public async Task A_disk_made_anew_is_detached_first_and_attached_again()
    {
        await using var rehearsed = await Rehearsed.OpenAsync("minimal", "vm.zone=1", "vm.publicIp=false");
        await rehearsed.DeployAsync();
        var later = rehearsed.With("vm.zone=2", "vm.publicIp=false", "policy.allowReplace=[azure/virtualMachine/vm-demo, azure/disk/disk-demo-data]");

        var replaced = await later.DeployAsync();
        var plan = await later.PlanAsync();

        Assert.True(replaced.IsGood, Rehearsed.Failures(replaced));
        Assert.True(plan.IsEmpty, Rehearsed.Text(plan));
    }

    private static string Machine(Rehearsed rehearsed) => rehearsed.Manifest.Names.VirtualMachine.Path;

    private static async Task<string?> PowerAsync(Rehearsed rehearsed) =>
        (Pointer.At(await rehearsed.Somebody.GetAsync($"{Machine(rehearsed)}/instanceView", VirtualMachine.ApiVersion), "/statuses") as JsonArray)?
        .Select(status => $"{status?["code"]}".Split('/')).Single(code => code[0] == "PowerState")[1];

    private static async Task<string> TagAsync(Rehearsed rehearsed) =>
        Pointer.At(await rehearsed.Somebody.GetAsync(rehearsed.Manifest.Names.DataDisk.Path, DataDisk.ApiVersion), "/properties/uniqueId")?.ToString() ?? "";
}
