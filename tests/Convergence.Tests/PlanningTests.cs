namespace DssPipeline.Convergence.Tests;

/// <summary>What a plan looks at, and what it makes of what it sees.</summary>
public sealed class PlanningTests
{
    private readonly World world = new();

    [Fact]
    public async Task Every_look_that_fails_is_told_at_once_in_the_order_of_the_graph()
    {
        world.Meddle = (_, call) => call is "look b" or "look d" ? throw new ProblemException(new Problem("No answer", $"{call} failed.")) : Task.CompletedTask;
        var run = new Rolling([.. "dcba".Select(name => new Thing(world, $"{name}", new { }))]);

        var failure = await Assert.ThrowsAsync<ProblemException>(run.PlanAsync);

        Assert.Equal(["look d failed.", "look b failed."], failure.Problems.Select(problem => problem.Detail));
    }

    [Fact]
    public async Task A_host_that_cannot_be_looked_at_is_told_once_and_not_for_each_guest()
    {
        world.Meddle = (_, call) => call is "look host" ? throw new IOException("Connection refused") : Task.CompletedTask;
        var run = new Rolling([new Thing(world, "host", new { }), .. "abc".Select(name => new Thing(world, $"{name}", new { }) { Host = "host" })]);

        var failure = await Assert.ThrowsAsync<ProblemException>(run.PlanAsync);

        Assert.StartsWith("test/thing/host", Assert.Single(failure.Problems).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_many_meet_is_told_once_with_the_names_of_some()
    {
        var calls = 0;
        world.Meddle = (_, _) => throw new ProblemException(new Problem("Not allowed", "Nobody may look.") { Correlation = $"{calls++}" });
        var run = new Rolling([.. "abcde".Select(name => new Thing(world, $"thing-{name}", new { }))]);

        var failure = await Assert.ThrowsAsync<ProblemException>(run.PlanAsync);

        Assert.Equal("Nobody may look.\nMet by test/thing/thing-a, test/thing/thing-b, test/thing/thing-c and 2 more.", Assert.Single(failure.Problems).Detail);
    }

    [Fact]
    public async Task A_comparison_that_fails_names_its_resource()
    {
        world["a"] = new() { ["x"] = 1 };
        var run = new Rolling(new Thing(world, "a", new { x = 2 }) { Objects = _ => throw new InvalidOperationException("Odd.") }, new Thing(world, "b", new { }));

        var failure = await Assert.ThrowsAsync<ProblemException>(run.PlanAsync);

        Assert.Equal("test/thing/a: InvalidOperationException: Odd.", Assert.Single(failure.Problems).Detail);
    }

    [Fact]
    public async Task Nobody_asks_for_what_lives_in_something_absent()
    {
        var run = new Rolling(new Thing(world, "host", new { }), new Thing(world, "guest", new { }) { Host = "host" });

        var plan = await run.PlanAsync();

        Assert.Equal(["look host"], world.Calls);
        Assert.Equal(2, plan.Count(Verb.Create));
    }

    [Fact]
    public async Task What_may_be_asked_alongside_its_host_is_asked()
    {
        var run = new Rolling(new Thing(world, "host", new { }), new Thing(world, "guest", new { }) { Host = "host", Alongside = true });

        await run.PlanAsync();

        Assert.Equal(["look guest", "look host"], world.Calls.Order());
    }

    [Fact]
    public async Task What_lives_in_something_that_is_made_anew_is_made_too_however_deep()
    {
        world["host"] = new() { ["region"] = "east" };
        world["guest"] = [];
        world["deep"] = [];
        var run = new Rolling(
            new Thing(world, "host", new { region = "west" }) { Bends = Comparison.Plain with { Fixed = ["/region"] } },
            new Thing(world, "guest", new { }) { Host = "host" },
            new Thing(world, "deep", new { }) { Host = "guest" })
        { Options = Allowing("host") };

        var plan = await run.PlanAsync();

        Assert.Equal([Verb.Replace, Verb.Create, Verb.Create], plan.Changes.Select(change => change.Verb));
    }

    [Fact]
    public async Task A_fixed_value_is_replaced_only_where_that_is_allowed()
    {
        world["a"] = new() { ["region"] = "east" };
        var thing = new Thing(world, "a", new { region = "west" }) { Bends = Comparison.Plain with { Fixed = ["/region"] } };

        var refused = await new Rolling(thing).RunAsync();
        var replaced = await new Rolling(thing) { Options = Allowing("a") }.RunAsync();

        Assert.Equal("Fixed at birth", Assert.Single(refused.Problems()).Summary);
        Assert.Contains("test/thing/a", refused.Problems().Single().Detail, StringComparison.Ordinal);
        Assert.Equal((Verb.Replace, Ending.Made), (replaced.Outcomes[0].Change.Verb, replaced.Outcomes[0].Ending));
        Assert.Equal("west", world["a"]["region"]!.ToString());
    }

    [Fact]
    public async Task A_value_of_something_still_to_be_made_is_known_after_it()
    {
        world["grant"] = new() { ["to"] = "somebody-old" };
        var run = new Rolling(new Thing(world, "grant", new { to = Thing.PrincipalOf("identity") }), new Thing(world, "identity", new { }));

        var plan = await run.PlanAsync();

        Assert.Contains("/to: somebody-old → (known after test/thing/identity)", new PlanText(Style.Plain).Of("test", plan), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_from_outside_the_run_is_looked_up()
    {
        world["identity"] = new() { ["principal"] = "p" };
        var graph = new Graph([new Part("Run", "", [new Thing(world, "grant", new { to = Thing.PrincipalOf("identity") })], [])], [new Thing(world, "identity", new { }) { Host = "group" }, new Thing(world, "group", new { }), new Thing(world, "stranger", new { })]);
        world["group"] = [];

        var report = await new Rolling(graph).RunAsync();

        Assert.Equal("p", world["grant"]["to"]!.ToString());
        Assert.Equal(["grant"], report.Outcomes.Select(outcome => outcome.Id.Name));
        Assert.DoesNotContain("look stranger", world.Calls);
    }

    [Fact]
    public async Task What_needs_something_absent_outside_the_run_is_refused()
    {
        var graph = new Graph(
            [new Part("Run", "", [new Thing(world, "grant", new { to = Thing.PrincipalOf("identity") }), new Thing(world, "guest", new { }) { Host = "host", Alongside = true }], [])],
            [new Thing(world, "identity", new { }), new Thing(world, "host", new { })]);

        var plan = await new Rolling(graph).PlanAsync();

        Assert.All(plan.Changes, change => Assert.Equal("Stands on something absent", change.Problem!.Summary));
        Assert.Equal(["test/thing/grant needs test/thing/identity", "test/thing/guest needs test/thing/host"], plan.Changes.Select(change => change.Problem!.Detail.Split(',')[0]));
    }

    [Fact]
    public async Task A_value_that_something_present_does_not_have_is_refused_before_anything_is_made()
    {
        world["identity"] = [];
        var run = new Rolling(new Thing(world, "grant", new { to = Thing.PrincipalOf("identity") }), new Thing(world, "identity", new { }));

        var plan = await run.PlanAsync();

        Assert.Equal("Value is missing", Assert.Single(plan.Refused).Problem!.Summary);
    }

    [Fact]
    public async Task A_run_hears_when_the_look_began_and_ended()
    {
        var run = new Rolling(new Thing(world, "a", new { }), new Thing(world, "b", new { }));

        var plan = await run.PlanAsync();

        Assert.Equal(new LookStarted(2), run.Heard[0]);
        Assert.Same(plan, Assert.IsType<LookEnded>(run.Heard[^1]).Plan);
    }

    private static RolloutOptions Allowing(string name) => new() { Permissions = Permissions.None with { Replace = new HashSet<ResourceId> { Thing.IdOf(name) } } };
}
