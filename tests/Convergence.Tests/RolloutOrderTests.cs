namespace DssPipeline.Convergence.Tests;

/// <summary>What is made after what, and what is made beside what.</summary>
public sealed class RolloutOrderTests
{
    private readonly World world = new();

    [Fact]
    public async Task What_stands_on_something_is_made_after_it()
    {
        var run = new Rolling(
            new Thing(world, "grant", new { to = Thing.PrincipalOf("identity") }),
            new Thing(world, "identity", new { }) { Host = "group" },
            new Thing(world, "late", new { }) { Others = ["grant"] },
            new Thing(world, "group", new { }));

        await run.RunAsync();

        Assert.Equal(["group", "identity", "grant", "late"], world.Written);
    }

    [Fact]
    public async Task Order_holds_also_through_things_outside_the_run()
    {
        var graph = new Graph(
            [new Part("Run", "", [new Thing(world, "top", new { }) { Others = ["outside"] }, new Thing(world, "bottom", new { })], [])],
            [new Thing(world, "outside", new { }) { Others = ["bottom"] }]);

        world.Linger("make bottom");

        await new Rolling(graph).RunAsync();

        Assert.Equal(["bottom", "top"], world.Written);
    }

    [Fact]
    public async Task Independent_things_are_made_side_by_side()
    {
        var gate = new Gate(3);
        world.Meddle = (_, call) => call.StartsWith("make", StringComparison.Ordinal) ? gate.PassAsync() : Task.CompletedTask;

        var report = await new Rolling([.. Many(3)]).RunAsync();

        Assert.True(report.IsGood);
    }

    [Fact]
    public async Task Everything_is_looked_at_side_by_side()
    {
        var gate = new Gate(4);
        world.Meddle = (_, _) => gate.PassAsync();
        var things = Many(3).Append(new Thing(world, "child", new { }) { Host = "0", Alongside = true });

        var plan = await new Rolling([.. things]).PlanAsync();

        Assert.Equal(4, plan.Count(Verb.Create));
    }

    [Fact]
    public async Task No_more_are_made_at_once_than_allowed()
    {
        world.Meddle = async (_, _) => await Task.Yield();
        var run = new Rolling([.. Many(40)]) { Options = new() { Width = 3, LookWidth = 3 } };

        var report = await run.RunAsync();

        Assert.True(report.IsGood);
        Assert.InRange(world.MostAtOnce, 1, 3);
    }

    [Fact]
    public async Task A_pause_between_looks_takes_no_place()
    {
        var slow = new Thing(world, "slow", new { done = true }) { Bent = seen => world.Names.Contains("quick") ? seen : null };
        var run = new Rolling(slow, new Thing(world, "quick", new { })) { Options = new() { Width = 1 } };

        var report = await run.RunAsync();

        Assert.True(report.IsGood);
    }

    [Fact]
    public async Task Things_of_one_lane_are_never_made_at_once()
    {
        var (open, overlapped) = (0, false);
        world.Meddle = async (_, call) =>
        {
            if (!call.StartsWith("make", StringComparison.Ordinal)) return;
            overlapped |= Interlocked.Increment(ref open) > 1;
            for (var turn = 0; turn < 20; turn++) await Task.Yield();
            Interlocked.Decrement(ref open);
        };
        var things = Enumerable.Range(0, 12).Select(number => new Thing(world, $"{number}", new { }) { OneAtATime = number % 2 == 0 ? "settings" : "SETTINGS" });

        var report = await new Rolling([.. things]).RunAsync();

        Assert.Equal(12, report.Count(Ending.Made));
        Assert.False(overlapped);
    }

    [Fact]
    public async Task A_lane_ends_also_when_the_run_is_one_wide()
    {
        var things = Enumerable.Range(0, 12).Select(number => new Thing(world, $"{number}", new { from = Thing.PrincipalOf("root") }) { OneAtATime = $"{number % 3}" });
        var run = new Rolling([.. things, new Thing(world, "root", new { }) { OneAtATime = "1" }]) { Options = new() { Width = 1 } };

        var report = await run.RunAsync();

        Assert.Equal(13, report.Count(Ending.Made));
    }

    [Fact]
    public async Task A_thousand_things_come_to_their_end()
    {
        var things = Enumerable.Range(0, 1000).Select(number => new Thing(world, $"{number}", new { number }) { Host = number < 30 ? null : $"{number % 30}" });

        var report = await new Rolling([.. things]).RunAsync();

        Assert.Equal(1000, report.Count(Ending.Made));
    }

    private IEnumerable<Thing> Many(int count) => Enumerable.Range(0, count).Select(number => new Thing(world, $"{number}", new { }));
}
