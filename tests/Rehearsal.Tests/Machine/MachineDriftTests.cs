using System.Text;
using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>What somebody bends inside the machine is named by Drift, thing and property, and repaired by one Deploy.</summary>
[TakesMinutes]
public sealed class MachineDriftTests
{
    // Each with the reason why nobody can bend it and have it repaired.
    private static readonly Dictionary<string, string> Unbent = new(StringComparer.Ordinal)
    {
        ["machine/host/vm-reference"] = "another system is another machine: it is refused, not repaired",
        ["machine/disk/lun0"] = "attaching is Azure's, and a detached disk differs there",
        ["machine/fileSystem/lun0"] = "what is on the disk is refused when it is not ours, and never made anew",
        ["machine/dssBackup/before-14.2.0"] = "there is only something to back up before an upgrade",
        ["machine/dssLicenseStatus/license"] = "DSS's own opinion of the licence: it is told and nobody can make it",
    };

    /// <summary>What is wished to be absent is in no plan until somebody leaves it behind.</summary>
    private static readonly string[] Absent = ["machine/registryLogin/dssuser"];

    [Fact]
    public async Task Everything_in_the_machine_is_bent_by_these_tests_or_has_a_reason()
    {
        using var world = MachineWorld.Empty();

        var plan = await world.RunAsync("--target", "Plan", "--output", "json");

        var all = JsonNode.Parse(plan.Ends(2).Output)!["tasks"]!.AsArray().SelectMany(task => task!["changes"]!.AsArray()).Select(change => $"{change!["id"]}").Where(id => id.StartsWith("machine/", StringComparison.Ordinal));
        var known = MachineBend.WhileDssRuns.Concat(MachineBend.WhileDssRests).Select(bend => bend.Id).Concat(Unbent.Keys).Except(Absent).Distinct(StringComparer.Ordinal);
        Assert.Equal(all.Order(StringComparer.Ordinal), known.Order(StringComparer.Ordinal));
    }

    [Fact]
    public Task Bent_while_DSS_runs_it_is_named_and_repaired() => NamedAndRepairedAsync(MachineBend.WhileDssRuns);

    [Fact]
    public Task Bent_while_DSS_rests_it_is_named_and_repaired() => NamedAndRepairedAsync(MachineBend.WhileDssRests);

    private static async Task NamedAndRepairedAsync(IReadOnlyList<MachineBend> bends)
    {
        using var world = await MachineWorld.WholeAsync();
        (await world.LoginAsync(AsRoot(bends.Select(bend => bend.Line)))).Ends(0);

        var drift = await world.RunAsync("--target", "Drift");
        var deploy = await world.RunAsync();
        var plan = await world.RunAsync("--target", "Plan");

        var unsaid = bends.Where(bend => !Block(drift, bend).Contains(bend.Says, StringComparison.Ordinal)).Select(bend => $"{bend.Id} {bend.Says}");
        Assert.True(!unsaid.Any(), $"Not told:\n{string.Join('\n', unsaid)}\n{drift.Said}");
        drift.Ends(2);
        deploy.Ends(0).Says("Looked again: nothing differs.");
        plan.Ends(0);
    }

    // What the plan says of a thing: its sign and the lines below it.
    private static string Block(HostRun run, MachineBend bend) =>
        string.Join('\n', run.Lines.SkipWhile(line => line.TrimStart() is not [_, ' ', .. var id] || id != bend.Id).TakeWhile((line, index) => index == 0 || line.StartsWith("      ", StringComparison.Ordinal)));

    private static string AsRoot(IEnumerable<string> lines) =>
        $"echo {Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Join('\n', lines)))} | base64 -d | sudo bash -ex";
}
