using System.Text.Json.Nodes;

namespace DssPipeline.Convergence.Tests;

/// <summary>A change is made when a look finds the difference gone; the run waits for that, and knows when it is pointless.</summary>
public sealed class RolloutSettlingTests
{
    private readonly World world = new();

    [Fact]
    public async Task A_made_thing_is_looked_at_until_it_is_as_wished()
    {
        var run = new Rolling(new Thing(world, "a", new { state = "ready" }) { Bent = Late(looks: 4) });

        var report = await run.RunAsync();

        Assert.True(report.IsGood);
        Assert.Equal(["it appears", "it appears", "it appears"], run.Heard.OfType<Waiting>().Select(waiting => waiting.For));
    }

    [Fact]
    public async Task Pauses_grow_up_to_the_longest_and_are_told_with_the_time_already_waited()
    {
        var run = new Rolling(new Thing(world, "a", new { state = "ready" }) { Bent = Late(looks: 7) })
        {
            Options = new() { FirstPause = TimeSpan.FromSeconds(2), LongestPause = TimeSpan.FromSeconds(4) },
        };

        var report = await run.RunAsync();

        Assert.Equal([0, 2, 5, 9, 13, 17], run.Heard.OfType<Waiting>().Select(waiting => waiting.Since.TotalSeconds));
        Assert.Equal(21, report.Outcomes[0].Took.TotalSeconds);
    }

    [Fact]
    public async Task What_is_never_as_wished_fails_at_the_deadline()
    {
        var run = new Rolling(new Thing(world, "a", new { state = "ready", size = 1 }) { Bent = _ => new JsonObject { ["state"] = "stuck", ["size"] = 2 } });

        var report = await run.RunAsync();

        var problem = Assert.Single(report.Problems());
        Assert.Equal("Still differs after the change", problem.Summary);
        Assert.Contains("after 5 min it is not as wished: it was waited until /state, /size are as wished.", problem.Detail, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromMinutes(5), report.Took);
    }

    [Fact]
    public async Task A_resource_may_ask_for_more_patience()
    {
        var run = new Rolling(new Thing(world, "a", new { state = "ready" }) { Bent = _ => null, Waits = TimeSpan.FromMinutes(40) });

        var report = await run.RunAsync();

        Assert.Equal(TimeSpan.FromMinutes(40), report.Took);
    }

    [Fact]
    public async Task An_objection_after_the_change_ends_the_waiting_at_once()
    {
        var made = false;
        world.Meddle = (_, call) => Task.FromResult(made |= call == "make a");
        var run = new Rolling(new Thing(world, "a", new { x = 1 }) { Bent = _ => made ? new JsonObject { ["x"] = 2 } : null, Objects = verb => verb is Verb.Update ? new("Taken over", "Another owner came first.") : null });

        var report = await run.RunAsync();

        Assert.Equal((Ending.Failed, "Taken over"), (report.Outcomes[0].Ending, report.Outcomes[0].Problem!.Summary));
        Assert.Empty(run.Heard.OfType<Waiting>());
    }

    [Theory]
    [InlineData(false, "Fixed at birth")]
    [InlineData(true, "Made differently")]
    public async Task A_fixed_value_that_the_remote_chose_differently_ends_the_waiting_at_once(bool allowed, string summary)
    {
        var replace = new HashSet<ResourceId>(allowed ? [Thing.IdOf("a")] : []);
        var run = new Rolling(new Thing(world, "a", new { zone = "1" }) { Bends = Comparison.Plain with { Fixed = ["/zone"] }, Bent = Elsewhere })
        {
            Options = new() { Permissions = Permissions.None with { Replace = replace } },
        };

        var report = await run.RunAsync();

        Assert.Equal((Ending.Failed, summary), (report.Outcomes[0].Ending, report.Outcomes[0].Problem!.Summary));
        Assert.Empty(run.Heard.OfType<Waiting>());
    }

    [Fact]
    public async Task A_fixed_value_that_is_not_there_yet_is_waited_for()
    {
        var looks = 0;
        var run = new Rolling(new Thing(world, "a", new { zone = "1" }) { Bends = Comparison.Plain with { Fixed = ["/zone"] }, Bent = seen => looks++ is 1 or 2 ? new JsonObject { ["state"] = "creating" } : seen });

        var report = await run.RunAsync();

        Assert.True(report.IsGood);
        Assert.Equal(2, run.Heard.OfType<Waiting>().Count());
    }

    [Fact]
    public async Task A_removed_thing_is_looked_at_until_it_is_gone()
    {
        world["a"] = [];
        var looks = 0;
        var run = new Rolling(new Thing(world, "a", null) { Bent = seen => looks++ < 3 ? new JsonObject() : seen })
        {
            Options = new() { Permissions = Permissions.None with { Delete = new HashSet<ResourceId> { Thing.IdOf("a") } } },
        };

        var report = await run.RunAsync();

        Assert.Equal((Verb.Delete, Ending.Made), (report.Outcomes[0].Change.Verb, report.Outcomes[0].Ending));
        Assert.Equal(["it is gone", "it is gone"], run.Heard.OfType<Waiting>().Select(waiting => waiting.For));
    }

    [Fact]
    public async Task A_value_that_a_new_thing_fills_in_late_is_waited_for()
    {
        var looks = 0;
        var run = new Rolling(
            new Thing(world, "identity", new { }) { Bent = seen => seen is not null && looks++ < 3 ? new JsonObject() : seen },
            new Thing(world, "grant", new { to = Thing.PrincipalOf("identity") }));

        var report = await run.RunAsync();

        Assert.True(report.IsGood);
        Assert.Equal("principal-of-identity", world["grant"]["to"]!.ToString());
        Assert.Contains(run.Heard.OfType<Waiting>(), waiting => waiting is { For: "/principal is filled in", Id.Name: "identity" });
    }

    [Fact]
    public async Task A_value_that_a_new_thing_never_fills_in_fails_what_needs_it()
    {
        var run = new Rolling(
            new Thing(world, "identity", new { }) { Bent = seen => seen is null ? null : new JsonObject() },
            new Thing(world, "grant", new { to = Thing.PrincipalOf("identity") }));

        var report = await run.RunAsync();

        Assert.Equal([Ending.Made, Ending.Failed], report.Outcomes.Select(outcome => outcome.Ending));
        Assert.Equal("Value is missing", report.Outcomes[1].Problem!.Summary);
    }

    [Fact]
    public async Task A_value_that_was_there_and_went_is_not_waited_for()
    {
        world["identity"] = new() { ["principal"] = "p" };
        world.Afterwards = _ => Task.FromResult(world["identity"] = []);
        var graph = new Graph(
            [new Part("Run", "", [new Thing(world, "host", new { }), new Thing(world, "grant", new { to = Thing.PrincipalOf("identity") }) { Host = "host" }], [])],
            [new Thing(world, "identity", new { })]);
        var run = new Rolling(graph);

        var report = await run.RunAsync();

        Assert.Equal("Value is missing", report.Outcomes[1].Problem!.Summary);
        Assert.Empty(run.Heard.OfType<Waiting>());
    }

    [Fact]
    public async Task What_would_have_to_be_replaced_though_the_plan_did_not_say_so_is_refused()
    {
        var fix = Comparison.Plain with { Fixed = ["/zone"] };
        world.Meddle = (_, call) =>
        {
            if (call == "make host") world["guest"] = new() { ["zone"] = "2" };
            return Task.CompletedTask;
        };
        var run = new Rolling(new Thing(world, "host", new { }), new Thing(world, "guest", new { zone = "1" }) { Host = "host", Bends = fix })
        {
            Options = new() { Permissions = Permissions.None with { Replace = new HashSet<ResourceId> { Thing.IdOf("guest") } } },
        };

        var report = await run.RunAsync();

        Assert.Equal((Ending.Refused, "Replacement was not planned"), (report.Outcomes[1].Ending, report.Outcomes[1].Problem!.Summary));
    }

    [Fact]
    public async Task What_came_about_by_itself_meanwhile_is_kept()
    {
        world.Meddle = (_, call) =>
        {
            if (call == "make host") world["guest"] = new() { ["x"] = 1 };
            return Task.CompletedTask;
        };
        var run = new Rolling(new Thing(world, "host", new { }), new Thing(world, "guest", new { x = 1 }) { Host = "host" });

        var report = await run.RunAsync();

        Assert.Equal([Ending.Made, Ending.Kept], report.Outcomes.Select(outcome => outcome.Ending));
        Assert.Equal(0, world.Count("make guest"));
    }

    [Fact]
    public async Task A_call_that_takes_long_is_told_again_and_again()
    {
        var (begun, held) = (new TaskCompletionSource(), new TaskCompletionSource());
        world.Meddle = (_, call) =>
        {
            if (call != "make a") return Task.CompletedTask;
            begun.SetResult();
            return held.Task;
        };
        var run = new Rolling(new Thing(world, "a", new { }));
        var running = run.RunAsync();
        await begun.Task;

        run.Clock.Ring();
        run.Clock.Ring();
        held.SetResult();
        await running;

        Assert.Equal([new(Thing.IdOf("a"), "it is made", TimeSpan.FromSeconds(10)), new(Thing.IdOf("a"), "it is made", TimeSpan.FromSeconds(20))], run.Heard.OfType<Waiting>());
    }

    /// <summary>Seen only from that look on, the planning look included.</summary>
    private static Func<JsonNode?, JsonNode?> Late(int looks)
    {
        var look = 0;
        return seen => Interlocked.Increment(ref look) <= looks ? null : seen;
    }

    private static JsonObject? Elsewhere(JsonNode? seen) => seen is null ? null : new JsonObject { ["zone"] = "3" };
}
