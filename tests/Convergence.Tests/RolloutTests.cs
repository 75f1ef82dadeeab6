namespace DssPipeline.Convergence.Tests;

/// <summary>What a run promises when nothing goes wrong.</summary>
public sealed class RolloutTests
{
    private readonly World world = new();

    [Fact]
    public async Task First_plan_creates_everything()
    {
        var run = Small();

        var plan = await run.PlanAsync();

        Assert.Equal(3, plan.Count(Verb.Create));
        Assert.Empty(world.Names);
    }

    [Fact]
    public async Task Everything_wished_for_is_made()
    {
        var report = await Small().RunAsync();

        Assert.True(report.IsGood);
        Assert.Equal(["account", "grant", "identity"], world.Names);
        Assert.Equal("principal-of-identity", world["grant"]["to"]!.ToString());
    }

    [Fact]
    public async Task Second_run_changes_nothing()
    {
        await Small().RunAsync();
        world.Forget();

        var report = await Small().RunAsync();

        Assert.True(report.Plan.IsEmpty);
        Assert.Equal(3, report.Count(Ending.Kept));
        Assert.Equal(["look account", "look grant", "look identity"], world.Calls.Order());
    }

    [Fact]
    public async Task What_was_bent_from_outside_is_repaired()
    {
        await Small().RunAsync();
        world["account"]["sku"] = "cheap";

        var report = await Small().RunAsync();

        var change = Assert.Single(report.Plan.Changes, change => change.Verb is Verb.Update);
        Assert.Equal("/sku", Assert.Single(change.Differences).Path);
        Assert.Equal("good", world["account"]["sku"]!.ToString());
        Assert.True((await Small().PlanAsync()).IsEmpty);
    }

    [Fact]
    public async Task What_was_removed_from_outside_is_made_again()
    {
        await Small().RunAsync();
        world.Remove("grant");

        var report = await Small().RunAsync();

        Assert.Equal("grant", Assert.Single(report.Outcomes, outcome => outcome.Ending is Ending.Made).Id.Name);
    }

    [Fact]
    public async Task Planning_forgets_what_was_seen_before_it_looks()
    {
        var forgotten = 0;
        var run = new Rolling(new Thing(world, "a", new { })) { Options = new() { LookAnew = () => forgotten++ } };

        await run.PlanAsync();

        Assert.Equal(1, forgotten);
    }

    [Fact]
    public async Task A_part_can_be_waited_for_before_the_rest_has_ended()
    {
        var held = new TaskCompletionSource();
        world.Meddle = (_, call) => call == "make slow" ? held.Task : Task.CompletedTask;
        var run = new Rolling(new Thing(world, "slow", new { }), new Thing(world, "quick", new { }));
        var rollout = new Rollout(run.Graph, run.Options, run.Clock, run);
        rollout.Start(await rollout.PlanAsync(default), default);

        var outcomes = await rollout.FinishAsync([Thing.IdOf("quick")]);
        held.SetResult();
        var report = await rollout.FinishAsync();

        Assert.Equal(Ending.Made, Assert.Single(outcomes).Ending);
        Assert.True(report.IsGood);
    }

    [Fact]
    public async Task A_rollout_that_was_not_started_says_so()
    {
        var run = new Rolling(new Thing(world, "a", new { }));
        var rollout = new Rollout(run.Graph, run.Options, run.Clock, run);

        await Assert.ThrowsAsync<InvalidOperationException>(() => rollout.FinishAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(() => rollout.FinishAsync([Thing.IdOf("a")]));
    }

    [Fact]
    public async Task A_rollout_is_started_once_and_with_its_own_plan()
    {
        var (run, other) = (new Rolling(new Thing(world, "a", new { })), new Rolling(new Thing(world, "b", new { })));
        var rollout = new Rollout(run.Graph, run.Options, run.Clock, run);
        var (own, foreign) = (await run.PlanAsync(), await other.PlanAsync());

        Assert.Throws<InvalidOperationException>(() => rollout.Start(foreign, default));
        rollout.Start(own, default);
        Assert.Throws<InvalidOperationException>(() => rollout.Start(own, default));
        await rollout.FinishAsync();
    }

    private Rolling Small() => new(
        new Thing(world, "grant", new { to = Thing.PrincipalOf("identity") }) { Host = "account" },
        new Thing(world, "account", new { sku = "good" }),
        new Thing(world, "identity", new { }));
}
