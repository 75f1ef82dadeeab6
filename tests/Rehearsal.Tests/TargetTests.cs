using DssPipeline.Chapters;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>A target makes what it stands on and itself, and nothing else; a wrong command line asks nobody.</summary>
public sealed class TargetTests(FirstRun first)
{
    [Theory]
    [InlineData("CreateIdentity", "azure/keyVault/kv-reference", "azure/registry/crreference")]
    [InlineData("CreateRegistry", "azure/registry/crreference", "azure/storageAccount/streference")]
    public async Task A_task_is_made_with_what_it_stands_on(string target, string own, string other)
    {
        using var stage = new Stage();

        var run = await stage.RunAsync("--target", target);

        run.Ends(0).Says($"+ {own}  made in ").Says("+ azure/resourceGroup/rg-reference  made in ").Says("+ azure/keyVault/kv-reference  made in ");
        Assert.DoesNotContain(other, run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(stage.Writes, write => write.Contains("virtualMachines", StringComparison.Ordinal));
        Assert.StartsWith("As wished", run.Lines[^2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("validate", "reference is valid")]
    [InlineData("SCHEMA", "json-schema.org")]
    public async Task A_target_may_be_written_in_any_case(string target, string words)
    {
        var run = await Host.RunAsync("--manifest", "examples/reference.yml", "--target", target);

        run.Ends(0).Says(words);
    }

    [Fact]
    public async Task An_exclusive_task_makes_itself_alone()
    {
        using var stage = first.Copy();
        var names = Stage.Reference.Names;
        await stage.BendAsync(async somebody =>
        {
            await somebody.PatchAsync(names.VirtualNetwork.Path, "2025-01-01", new { tags = new { owner = "somebody else" } });
            await somebody.PatchAsync(names.Registry.Path, "2025-11-01", new { sku = new { name = "Basic" } });
        });

        var run = await stage.RunAsync("--target", "CreateRegistry", "--exclusive");

        run.Ends(0).Says("~ azure/registry/crreference  changed in ");
        Assert.DoesNotContain("vnet-reference", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_exclusive_task_that_stands_on_nothing_says_so()
    {
        using var stage = new Stage();

        var run = await stage.RunAsync("--target", "CreateRegistry", "--exclusive");

        run.Ends(4).Says("Stands on something absent").Says("--exclusive");
        Assert.Empty(stage.Writes);
    }

    [Fact]
    public async Task An_unknown_target_lists_the_right_ones()
    {
        using var stage = new Stage();

        var run = await stage.RunAsync("--target", "CreateAddls");

        run.Ends(3).Complains("Error: Unknown target").Complains("Did you mean CreateAdls?");
        Assert.All(Contents.Targets, target => Assert.Contains(target, run.Errors, StringComparison.Ordinal));
        Assert.False(Directory.Exists(stage.World));
    }

    [Fact]
    public async Task Without_a_manifest_nothing_is_guessed()
    {
        var run = await Host.RunAsync("--target", "Plan");

        run.Ends(3).Complains("Error: No manifest").Complains("--manifest").Complains("--sandbox");
    }

    [Fact]
    public async Task All_that_is_wrong_is_told_at_once()
    {
        var run = await Host.RunAsync("--target", "Deplyo", "--output", "yaml", "--latency", "100ms", "--parallelism", "0");

        run.Ends(3).Complains("Error: Unknown target").Complains("Error: Unknown output form").Complains("Error: Only for the sandbox").Complains("Error: Parallelism out of range");
    }

    [Fact]
    public async Task An_unknown_option_is_told()
    {
        var run = await Host.RunAsync("--sandbx");

        run.Ends(3).Complains("Error: Command line not understood").Complains("sandbx");
    }

    [Fact]
    public async Task Validate_asks_nobody()
    {
        using var stage = new Stage();

        var run = await stage.RunAsync("--target", "Validate");

        run.Ends(0).Says("reference is valid");
        Assert.Empty(stage.Requests);
    }

    [Fact]
    public async Task Help_teaches()
    {
        var run = await Host.RunAsync("--help");

        run.Ends(0).Says("EXAMPLES").Says("TARGETS").Says("EXIT CODES").Says("--manifest").Says("--plan-file");
        Assert.All(Contents.Targets, target => Assert.Contains(target, run.Output, StringComparison.Ordinal));
    }
}
