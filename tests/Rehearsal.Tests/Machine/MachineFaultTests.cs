namespace DssPipeline.Rehearsal.Tests;

/// <summary>Whatever goes wrong at the machine, the run arrives or says well why not, and the next one arrives.</summary>
[TakesMinutes]
public sealed class MachineFaultTests
{
    [Fact]
    public async Task A_machine_that_does_not_answer_yet_is_waited_for_and_that_is_told()
    {
        using var world = await MachineWorld.WholeAsync();

        var plan = await world.RunAsync("--target", "Plan", "--faults", "dead-ssh@ssh times=5");

        plan.Ends(0).Says("the machine to let the run in");
    }

    [Fact]
    public async Task A_download_that_is_cut_and_a_machine_that_reboots_are_survived_by_the_same_run()
    {
        using var world = await MachineWorld.BareAsync();

        var run = await world.RunAsync("--faults", "cut@GET *.tar.gz nth=2 on=downloads; reboot@command */runuser nth=5", "--target", "BuildImages");

        run.Ends(0);
        Assert.Contains(world.Stage.Requests, request => request.Fault is not null);
        Assert.Equal("", await MachineFlaws.OfAsync(world));
    }
}
