namespace DssPipeline.Rehearsal.Tests;

/// <summary>One command plans, deploys, looks again, and ends as wished; the same command again changes nothing.</summary>
public sealed class FirstRunTests(FirstRun first)
{
    [Fact]
    public void The_first_run_ends_as_wished()
    {
        first.Run.Ends(0);

        Assert.Matches("^As wished: reference has [0-9]+ resources, [0-9]+ made", first.Run.Lines[^2]);
        Assert.Equal("Looked again: nothing differs.", first.Run.Lines[^1]);
    }

    [Fact]
    public void The_plan_stands_before_what_is_made()
    {
        var lines = first.Run.Lines.ToList();

        var plan = lines.FindIndex(line => line.StartsWith("Plan of reference in the sandbox", StringComparison.Ordinal));
        var sum = lines.FindIndex(line => line.StartsWith("Plan: ", StringComparison.Ordinal));
        var made = lines.FindIndex(line => line.Contains("  made in ", StringComparison.Ordinal));

        Assert.True(plan >= 0 && plan < sum && sum < made, first.Run.Said);
    }

    [Theory]
    [InlineData("azure/resourceGroup/rg-reference")]
    [InlineData("azure/virtualNetwork/vnet-reference")]
    [InlineData("azure/keyVault/kv-reference")]
    [InlineData("azure/registry/crreference")]
    [InlineData("azure/virtualMachine/vm-reference")]
    [InlineData("azure/blobContainer/streference/raw")]
    public void What_is_planned_is_made(string id)
    {
        var (planned, made) = (first.Run.Lines.Count(line => line == $"  + {id}"), first.Run.Lines.Count(line => line.StartsWith($"  + {id}  made in ", StringComparison.Ordinal)));

        Assert.Equal((1, 1), (planned, made));
    }

    [Fact]
    public void It_is_told_in_the_order_of_the_reference_architecture()
    {
        string[] tasks = ["CreateResourceGroup", "CreateNetwork", "CreateIdentity", "CreateRegistry", "PrepareVm", "InstallDss", "BuildImages", "ConfigureContainers", "ConfigureSpark", "PushImages", "CreateAdls", "InstallAksPlugin", "CreateAks", "UseCluster"];

        var told = first.Run.Lines.Where(tasks.Contains);

        Assert.Equal(tasks, told);
    }

    [Fact]
    public async Task The_second_run_changes_nothing()
    {
        using var stage = first.Copy();

        var second = await stage.RunAsync();

        second.Ends(0);
        Assert.Equal(first.Writes, stage.Writes);
        Assert.Matches("^As wished: reference has ([0-9]+) resources, \\1 kept", second.Lines[^1]);
    }
}
