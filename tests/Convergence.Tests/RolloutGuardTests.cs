namespace DssPipeline.Convergence.Tests;

/// <summary>What guards others may be lifted for a removal, and is there again when the run is over, however it ended.</summary>
public sealed class RolloutGuardTests
{
    private readonly World world = new();

    [Fact]
    public async Task A_guard_that_a_removal_lifted_is_put_back()
    {
        var run = Guarded();
        world.Afterwards = LiftAsync;

        var report = await run.RunAsync();

        Assert.True(report.IsGood);
        Assert.Equal(["guard"], world.Names);
        Assert.Equal(["old", "guard"], world.Written);
    }

    [Fact]
    public async Task A_run_that_was_ended_puts_it_back_as_well()
    {
        var run = Guarded();
        world.Afterwards = async change =>
        {
            await LiftAsync(change);
            await run.Cut.CancelAsync();
        };

        await run.RunAsync();

        Assert.Equal(["guard"], world.Names);
    }

    [Fact]
    public async Task A_guard_that_cannot_be_put_back_is_a_failure_of_the_run()
    {
        var run = Guarded();
        world.Afterwards = LiftAsync;
        world.Meddle = (_, call) => call == "make guard" ? throw new IOException("Not today.") : Task.CompletedTask;

        var report = await run.RunAsync();

        Assert.Equal("guard", Assert.Single(report.Outcomes, outcome => outcome.Ending is Ending.Failed).Id.Name);
    }

    [Fact]
    public async Task Where_nothing_was_written_nobody_looks_again()
    {
        world["guard"] = [];

        await new Rolling(Guard()).RunAsync();

        Assert.Equal(["look guard"], world.Calls);
    }

    private Thing Guard() => new(world, "guard", new { }) { Guards = true };

    private Rolling Guarded()
    {
        (world["guard"], world["old"]) = ([], []);
        return new Rolling(Guard(), new Thing(world, "old", null)) { Options = new() { Permissions = new(new HashSet<ResourceId>(), new HashSet<ResourceId> { Thing.IdOf("old") }) } };
    }

    private Task LiftAsync(Change change)
    {
        if (change.Id.Name == "old") world.Remove("guard");
        return Task.CompletedTask;
    }
}
