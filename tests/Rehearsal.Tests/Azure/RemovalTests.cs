using DssPipeline.Convergence;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>Destroy takes what is ours and nothing else, in an order that Azure allows.</summary>
public sealed class RemovalTests
{
    [Theory]
    [InlineData("reference")]
    [InlineData("minimal", "policy.deleteLock=true", "policy.allowDestroy=[azure/storageAccount/stdemo, azure/blobContainer/stdemo/data, azure/blobContainer/stdemo/dss-pipeline, azure/disk/disk-demo-data, azure/keyVault/kv-demo, azure/registry/crdemo]")]
    public async Task Nothing_of_ours_is_left(string example, params string[] sets)
    {
        await using var rehearsed = await Rehearsed.OpenAsync(example, sets);
        await rehearsed.DeployAsync();

        var report = await rehearsed.DestroyAsync();
        var group = await rehearsed.Somebody.GetAsync(rehearsed.Manifest.Names.ResourceGroup.Path, "2025-04-01");

        Assert.True(report.IsGood, Rehearsed.Failures(report));
        Assert.Null(group);
    }

    [Fact]
    public async Task A_destroyed_deployment_is_made_again_with_its_vault()
    {
        await using var rehearsed = await Rehearsed.OpenAsync("reference");
        await rehearsed.DeployAsync();
        await rehearsed.DestroyAsync();

        var made = await rehearsed.DeployAsync();
        var plan = await rehearsed.PlanAsync();

        Assert.True(made.IsGood, Rehearsed.Failures(made));
        Assert.True(plan.IsEmpty, Rehearsed.Text(plan));
    }

    [Fact]
    public async Task A_group_that_holds_things_of_others_is_left_with_them_in_it()
    {
        await using var rehearsed = await Rehearsed.OpenAsync("reference");
        await rehearsed.DeployAsync();
        var theirs = $"{rehearsed.Manifest.Names.ResourceGroup.Path}/providers/Microsoft.Network/networkSecurityGroups/nsg-theirs";
        await rehearsed.Somebody.PutAsync(theirs, "2025-01-01", new { location = "westeurope" });

        var report = await rehearsed.DestroyAsync();

        var left = Assert.Single(report.Outcomes, outcome => !outcome.IsGood);
        Assert.Equal("azure/resourceGroup/rg-reference", left.Id.ToString());
        Assert.Contains("nsg-theirs", left.Problem!.Detail, StringComparison.Ordinal);
        Assert.NotNull(await rehearsed.Somebody.GetAsync(theirs, "2025-01-01"));
    }

    [Fact]
    public async Task What_holds_data_and_is_not_named_is_refused()
    {
        await using var rehearsed = await Rehearsed.OpenAsync("minimal");
        await rehearsed.DeployAsync();

        var plan = await rehearsed.PlanDestroyAsync();

        Assert.Contains(plan.Refused, change => change.Id.ToString() == "azure/keyVault/kv-demo");
        Assert.DoesNotContain(plan.Refused, change => change.Id.Kind == "virtualNetwork");
    }
}
