using DssPipeline.Chapters;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>`dotnet cake` is the same program for those who have the habit.</summary>
public sealed class CakeTests
{
    private static readonly string[] Tasks = [.. Contents.Targets.TakeWhile(target => target != "Deploy")];

    [Fact]
    public async Task Dry_run_and_tree_tell_the_tasks_in_order()
    {
        var restored = await RunAsync("tool", "restore");
        var dry = await RunAsync("cake", "--dryrun");
        var tree = await RunAsync("cake", "--tree");

        restored.Ends(0);
        Assert.Equal(14, Tasks.Length);
        Assert.Equal(Tasks, Numbered(dry.Ends(0)).Take(14));
        Assert.Superset(Tasks.ToHashSet(StringComparer.Ordinal), Branches(tree.Ends(0)).ToHashSet(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Numbered(HostRun run) => run.Lines.Where(line => char.IsAsciiDigit(line[0])).Select(line => line.Split(". ")[^1]);

    private static IEnumerable<string> Branches(HostRun run) => run.Lines.Select(line => line.TrimStart('│', '├', '└', '─', ' '));

    private static async Task<HostRun> RunAsync(params string[] arguments)
    {
        using var host = Host.StartOther("dotnet", arguments);
        return await host.EndAsync();
    }
}
