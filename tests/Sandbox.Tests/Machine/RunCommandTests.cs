using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox.Tests;

public sealed class RunCommandTests
{
    [Fact]
    public async Task A_script_runs_as_root_with_its_parameters_and_its_end_is_told()
    {
        await using var world = await MachineWorld.StartAsync();

        var view = await world.RunAsync("one", """echo "$(id -un) $NAME $SECRET $(hostname)"; echo oops >&2; exit 7""", new { NAME = "plain" }, new { SECRET = "hush" });

        Assert.Equal(("Failed", 7), ((string?)view["executionState"], (int?)view["exitCode"]));
        Assert.Equal(("root plain hush dss-host\n", "oops\n"), ((string?)view["output"], (string?)view["error"]));
        Assert.True((DateTimeOffset)view["endTime"]! >= (DateTimeOffset)view["startTime"]!);
    }

    [Fact]
    public async Task The_old_action_says_succeeded_whatever_the_script_did()
    {
        await using var world = await MachineWorld.StartAsync();

        var message = await world.OldRunAsync("echo out; echo err >&2; exit 3");

        Assert.Equal("Enable succeeded: \n[stdout]\nout\n\n[stderr]\nerr\n", message);
    }
}
