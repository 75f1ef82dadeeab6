namespace DssPipeline.Rehearsal.Tests;

/// <summary>The kinds of node beside the one of the reference deployment, installed on a machine that is ready for them.</summary>
[TakesMinutes]
public sealed class NodeTypeTests
{
    private const string Jobs = "machine/dssHadoop machine/dssSpark machine/baseImage";

    [Fact]
    public async Task An_automation_node_is_whole_and_never_becomes_another_kind()
    {
        using var world = await MachineWorld.PreparedAsync();

        await DeployedAsync(world, "automation", has: $"{Jobs} machine/dssApiKey machine/dssAdmin", hasNot: "");
        var changed = await world.RunAsync("--target", "Plan", "--set", "dss.nodeType=design");

        changed.Ends(2).Says("! machine/dssInstance/reference").Says("DSS is another kind of node");
    }

    [Fact]
    public async Task A_deployer_has_users_and_runs_no_jobs()
    {
        using var world = await MachineWorld.PreparedAsync();

        await DeployedAsync(world, "deployer", has: "machine/dssApiKey machine/dssAdmin", hasNot: Jobs);
    }

    [Fact]
    public async Task An_API_node_has_its_key_by_its_own_tool_and_runs_no_jobs()
    {
        using var world = await MachineWorld.PreparedAsync();

        await DeployedAsync(world, "api", has: "machine/dssApiKey", hasNot: $"{Jobs} machine/dssAdmin machine/dssLicenseStatus");
        var keys = await world.MustAsync("sed -n 's/.*\"label\": \"\\(.*\\)\".*/\\1/p' $data/config/public-apikeys.json");

        Assert.Equal("apinode-admin", keys);
        Assert.Contains("\"dss-admin-api-key\"", await File.ReadAllTextAsync(Path.Combine(world.Stage.World, "vaults", "kv-reference.json"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_govern_node_is_installed_and_left_to_its_people()
    {
        using var world = await MachineWorld.PreparedAsync();

        await DeployedAsync(world, "govern", has: "machine/dssService", hasNot: $"{Jobs} machine/dssApiKey machine/dssAdmin");
    }

    private static async Task DeployedAsync(MachineWorld world, string type, string has, string hasNot)
    {
        var made = await world.RunAsync("--set", $"dss.nodeType={type}");
        var again = await world.RunAsync("--target", "Plan", "--set", $"dss.nodeType={type}");

        made.Ends(0).Says("Looked again: nothing differs.");
        again.Ends(0).Says("Nothing to do");
        foreach (var kind in Words(has)) made.Says($"+ {kind}/");
        Assert.DoesNotContain(Words(hasNot), kind => made.Output.Contains(kind, StringComparison.Ordinal));
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
