namespace DssPipeline.Rehearsal.Tests;

/// <summary>The program is killed where it hurts most, or loses its connections there: nothing is done twice.</summary>
[TakesMinutes]
public sealed class KillTests
{
    [Fact]
    public async Task Killed_in_the_middle_of_what_must_not_be_done_twice_it_arrives()
    {
        using var world = new KilledWorld();
        string[] moments =
        [
            "*/mkfs.xfs delay=2ms", "*/mount", "*/useradd delay=1ms", "*/dnf delay=200ms", "*/runuser delay=10ms", "*/runuser delay=60ms", "*/openssl", "*/docker delay=80ms",
        ];

        foreach (var moment in moments) Assert.True(await world.IsKilledAsync($"crash@command {moment}"), world.ToString());

        await world.ArriveAsync();
    }

    [Fact]
    public async Task When_only_the_connections_break_the_same_run_arrives_and_every_job_was_done_once()
    {
        using var world = await MachineWorld.BareAsync();

        var run = await world.RunAsync("--faults", "cut-ssh@command */mkfs.xfs nth=1; cut-ssh@command */dnf nth=6; cut-ssh@command */runuser nth=3; cut-ssh@command */openssl nth=1");
        var plan = await world.RunAsync("--target", "Plan");

        run.Ends(0);
        plan.Ends(0);
        Assert.Equal("", await MachineFlaws.OfAsync(world));
    }
}
