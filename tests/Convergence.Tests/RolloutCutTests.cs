namespace DssPipeline.Convergence.Tests;

/// <summary>A run that is ended in the middle leaves nothing that the next run could not go on from.</summary>
public sealed class RolloutCutTests
{
    public static TheoryData<int> EveryCall => [.. Enumerable.Range(0, 30)];

    [Theory]
    [MemberData(nameof(EveryCall))]
    public async Task Cut_at_any_call_the_next_run_converges_and_makes_nothing_twice(int call)
    {
        var world = new World();
        await RunCutAsync(world, call);
        world.Meddle = (_, _) => Task.CompletedTask;

        var report = await Deployment(world).RunAsync();

        Assert.True(report.IsGood);
        Assert.Equal(["a", "account", "b", "grant", "group", "identity"], world.Names);
        Assert.All(world.Names, name => Assert.Equal(1, world.Count($"make {name}")));
        Assert.True((await Deployment(world).PlanAsync()).IsEmpty);
    }

    [Fact]
    public async Task Every_call_of_the_run_is_cut_by_the_tests_above()
    {
        var world = new World();

        await Deployment(world).RunAsync();

        Assert.InRange(world.Calls.Count, 18, EveryCall.Count);
    }

    [Fact]
    public async Task What_is_in_flight_ends_its_write_and_the_rest_is_told_as_not_begun()
    {
        var world = new World();
        var run = Deployment(world);
        world.Meddle = (_, call) => call == "make group" ? run.Cut.CancelAsync() : Task.CompletedTask;

        var report = await run.RunAsync();

        Assert.Contains("group", world.Names);
        var group = report.Outcomes.Single(outcome => outcome.Id.Name == "group");
        Assert.Equal(Ending.Cancelled, group.Ending);
        Assert.Equal("Ended in the middle of a change", group.Problem!.Summary);
        Assert.All(report.Outcomes.Where(outcome => outcome.Id.Name is "a" or "b" or "account"), outcome => Assert.Equal((Ending.Cancelled, null), (outcome.Ending, outcome.Problem)));
    }

    [Fact]
    public async Task An_exception_that_wraps_the_end_of_the_run_is_no_failure()
    {
        var report = await RunEndedAsync(new HttpRequestException("Aborted", new OperationCanceledException()));

        Assert.Equal(0, report.Count(Ending.Failed));
    }

    [Fact]
    public async Task What_stays_of_a_change_that_was_ended_is_told_and_it_is_no_failure()
    {
        var report = await RunEndedAsync(new LeftBehindException(new("Of the test", "The group is still signed in."), new OperationCanceledException()));

        var group = report.Outcomes.Single(outcome => outcome.Id.Name == "group");
        Assert.Equal((Ending.Cancelled, "Of the test"), (group.Ending, group.Problem?.Summary));
        Assert.Equal(0, report.Count(Ending.Failed));
    }

    [Fact]
    public async Task What_is_as_wished_is_kept_also_when_the_run_is_ended()
    {
        var world = new World();
        await Deployment(world).RunAsync();
        var run = Deployment(world);
        var rollout = new Rollout(run.Graph, run.Options, run.Clock, run);
        var plan = await rollout.PlanAsync(default);
        await run.Cut.CancelAsync();

        rollout.Start(plan, run.Cut.Token);
        var report = await rollout.FinishAsync();

        Assert.Equal(6, report.Count(Ending.Kept));
    }

    [Fact]
    public async Task A_plan_that_is_cut_says_so_instead_of_telling_problems()
    {
        var world = new World();
        var run = Deployment(world);
        world.Meddle = async (number, _) =>
        {
            if (number > 0) throw new HttpRequestException("Aborted");
            await run.Cut.CancelAsync();
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(run.PlanAsync);
    }

    /// <summary>The run is ended while the group is made, which throws this then.</summary>
    private static async Task<Report> RunEndedAsync(Exception thrown)
    {
        var world = new World();
        var run = Deployment(world);
        world.Meddle = async (_, call) =>
        {
            if (call != "make group") return;
            await run.Cut.CancelAsync();
            throw thrown;
        };
        return await run.RunAsync();
    }

    private static async Task RunCutAsync(World world, int at)
    {
        var run = Deployment(world);
        world.Meddle = (number, _) => number == at ? run.Cut.CancelAsync() : Task.CompletedTask;
        try
        {
            await run.RunAsync();
        }
        catch (OperationCanceledException)
        {
            // It was cut while it planned.
        }
    }

    private static Rolling Deployment(World world) => new(
        new Thing(world, "group", new { }),
        new Thing(world, "a", new { x = 1 }) { Host = "group", OneAtATime = "lane" },
        new Thing(world, "b", new { x = 2 }) { Host = "group", OneAtATime = "lane" },
        new Thing(world, "account", new { sku = "good" }) { Host = "group" },
        new Thing(world, "identity", new { }),
        new Thing(world, "grant", new { to = Thing.PrincipalOf("identity") }) { Host = "account" });
}
