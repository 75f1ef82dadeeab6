namespace DssPipeline.Rehearsal.Tests;

/// <summary>Destroy removes what is ours, when it is asked to by name, and nothing else.</summary>
public sealed class DestroyTests(FirstRun first)
{
    private static readonly string Group = Stage.Reference.Names.ResourceGroup.Path;

    [Theory]
    [InlineData("--target", "Destroy")]
    [InlineData("--target", "Destroy", "--confirm", "production")]
    public async Task Unconfirmed_it_touches_nothing(params string[] arguments)
    {
        using var stage = first.Copy();

        var run = await stage.RunAsync(arguments);

        run.Ends(4).Says("Destroy is not confirmed").Says("--confirm reference");
        Assert.Equal(first.Writes, stage.Writes);
    }

    [Fact]
    public async Task Confirmed_it_leaves_nothing_behind()
    {
        using var stage = first.Copy();

        var destroy = await stage.RunAsync("--target", "Destroy", "--confirm", "reference");
        var left = await stage.ThingsAsync();
        var again = await stage.RunAsync("--target", "Destroy", "--confirm", "reference");

        destroy.Ends(0).Says("- azure/resourceGroup/rg-reference  removed in ");
        Assert.Empty(left);
        again.Ends(0);
    }

    [Fact]
    public async Task What_was_destroyed_can_be_deployed_again()
    {
        using var stage = first.Copy();

        var destroy = await stage.RunAsync("--target", "Destroy", "--confirm", "reference");
        var deploy = await stage.RunAsync();

        destroy.Ends(0);
        deploy.Ends(0).Says("+ azure/keyVault/kv-reference");
    }

    [Fact]
    public async Task What_is_not_ours_stays()
    {
        using var stage = first.Copy();
        var disk = $"{Group}/providers/Microsoft.Compute/disks/disk-of-others";
        await stage.BendAsync(somebody => somebody.PutAsync(disk, "2025-01-02", new
        {
            location = Stage.Reference.Azure.Location,
            sku = new { name = "Standard_LRS" },
            properties = new { creationData = new { createOption = "Empty" }, diskSizeGB = 8 },
        }));

        var destroy = await stage.RunAsync("--target", "Destroy", "--confirm", "reference");
        var left = await stage.ThingsAsync();

        destroy.Says("Resource group is not empty").Says("disk-of-others");
        Assert.NotEqual(0, destroy.ExitCode);
        Assert.Equal([Group.ToLowerInvariant(), disk.ToLowerInvariant()], left);
    }

    [Fact]
    public async Task What_carries_the_tag_of_another_deployment_stays()
    {
        using var stage = first.Copy();
        var registry = Stage.Reference.Names.Registry.Path;
        await stage.BendAsync(somebody => somebody.PatchAsync(registry, "2025-11-01", new { tags = new Dictionary<string, string>(StringComparer.Ordinal) { ["dss-pipeline:deployment"] = "production" } }));

        var destroy = await stage.RunAsync("--target", "Destroy", "--confirm", "reference");

        Assert.NotEqual(0, destroy.ExitCode);
        Assert.Contains(registry.ToLowerInvariant(), await stage.ThingsAsync());
    }

    [Fact]
    public async Task Data_that_is_not_named_is_refused()
    {
        using var stage = first.Copy();

        var run = await stage.RunAsync("--target", "Destroy", "--confirm", "reference", "--set", "policy.allowDestroy=[azure/registry/crreference]");

        run.Ends(4).Says("Removal not allowed").Says("azure/storageAccount/streference").Says("policy.allowDestroy");
        Assert.Equal(first.Writes, stage.Writes);
    }
}
