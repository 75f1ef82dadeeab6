namespace DssPipeline.Convergence.Tests;

/// <summary>A failure stops what stands on it, and nothing else.</summary>
public sealed class RolloutFailureTests
{
    private readonly World world = new();

    [Fact]
    public async Task A_failure_stops_what_stands_on_it_and_nothing_else()
    {
        Break("make host");
        var run = new Rolling(
            new Thing(world, "host", new { }),
            new Thing(world, "guest", new { }) { Host = "host" },
            new Thing(world, "friend", new { from = Thing.PrincipalOf("guest") }),
            new Thing(world, "stranger", new { }));

        var report = await run.RunAsync();

        Assert.Equal([Ending.Failed, Ending.Skipped, Ending.Skipped, Ending.Made], report.Outcomes.Select(outcome => outcome.Ending));
        Assert.Equal(["stranger"], world.Names);
    }

    [Fact]
    public async Task What_was_skipped_names_the_failure_it_goes_back_to()
    {
        Break("make host");
        var run = new Rolling(
            new Thing(world, "host", new { }),
            new Thing(world, "guest", new { }) { Host = "host" },
            new Thing(world, "guest-of-guest", new { }) { Host = "guest" });

        var report = await run.RunAsync();

        Assert.All(report.Outcomes.Skip(1), outcome => Assert.Equal("test/thing/host failed.", outcome.Problem!.Detail));
    }

    [Fact]
    public async Task What_stands_on_a_kept_thing_is_skipped_when_that_stands_on_a_failure()
    {
        world["host"] = new() { ["size"] = 1 };
        world["service"] = [];
        Break("make host");
        var run = new Rolling(
            new Thing(world, "host", new { size = 2 }),
            new Thing(world, "service", new { }) { Host = "host" },
            new Thing(world, "connection", new { }) { Host = "service" });

        var report = await run.RunAsync();

        Assert.Equal([Ending.Failed, Ending.Kept, Ending.Skipped], report.Outcomes.Select(outcome => outcome.Ending));
        Assert.Equal("test/thing/host failed.", report.Outcomes[2].Problem!.Detail);
    }

    [Fact]
    public async Task A_failure_is_told_with_the_name_of_the_resource_and_every_cause()
    {
        world.Meddle = (_, call) => call == "make a" ? throw new HttpRequestException("Sending failed", new IOException("Connection reset")) : Task.CompletedTask;

        var report = await new Rolling(new Thing(world, "a", new { })).RunAsync();

        var problem = Assert.Single(report.Problems());
        Assert.Equal("Unexpected failure", problem.Summary);
        Assert.Equal("test/thing/a: HttpRequestException: Sending failed: Connection reset", problem.Detail);
    }

    [Fact]
    public async Task A_call_that_times_out_is_a_failure_and_not_the_end_of_the_run()
    {
        world.Meddle = (_, call) => call == "make a" ? throw new TaskCanceledException() : Task.CompletedTask;

        var report = await new Rolling(new Thing(world, "a", new { }), new Thing(world, "b", new { })).RunAsync();

        Assert.Equal([Ending.Failed, Ending.Made], report.Outcomes.Select(outcome => outcome.Ending));
        Assert.Equal("No answer in time", report.Outcomes[0].Problem!.Summary);
    }

    [Fact]
    public async Task Several_problems_of_one_resource_are_all_told()
    {
        world.Meddle = (_, call) => call == "make a" ? throw new ProblemException([new("First", "a is wrong."), new("Second", "a is odd.")]) : Task.CompletedTask;

        var report = await new Rolling(new Thing(world, "a", new { })).RunAsync();

        var problem = Assert.Single(report.Problems());
        Assert.Equal(new Problem("First", "a is wrong.\nSecond: a is odd."), problem);
    }

    [Fact]
    public async Task What_a_resource_objects_to_is_refused_and_stops_what_stands_on_it()
    {
        var foreign = new Problem("Belongs to somebody else", "It has another owner.");
        var run = new Rolling(
            new Thing(world, "a", new { }) { Objects = _ => foreign },
            new Thing(world, "b", new { }) { Host = "a" });

        var report = await run.RunAsync();

        Assert.Equal([Ending.Refused, Ending.Skipped], report.Outcomes.Select(outcome => outcome.Ending));
        Assert.Equal(foreign, report.Outcomes[0].Problem);
        Assert.Equal("test/thing/a was refused.", report.Outcomes[1].Problem!.Detail);
        Assert.Empty(world.Names);
    }

    [Fact]
    public async Task What_is_as_wished_is_kept_whatever_it_would_object_to()
    {
        world["a"] = [];

        var report = await new Rolling(new Thing(world, "a", new { }) { Objects = _ => new("No", "Never.") }).RunAsync();

        Assert.True(report.IsGood);
    }

    [Fact]
    public async Task A_listener_that_fails_does_not_harm_the_run()
    {
        var run = new Rolling(new Thing(world, "a", new { }), new Thing(world, "b", new { })) { Listen = _ => throw new IOException("The pipe is broken.") };

        var report = await run.RunAsync();

        Assert.Equal(2, report.Count(Ending.Made));
        Assert.Contains("The pipe is broken.", report.Unheard!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_listener_hears_one_thing_at_a_time()
    {
        var (open, overlapped) = (0, false);
        var run = new Rolling([.. Enumerable.Range(0, 50).Select(number => new Thing(world, $"{number}", new { }))])
        {
            Listen = _ =>
            {
                overlapped |= Interlocked.Increment(ref open) > 1;
                Thread.Yield();
                Interlocked.Decrement(ref open);
            },
        };

        await run.RunAsync();

        Assert.False(overlapped);
    }

    [Fact]
    public async Task What_many_failed_of_is_told_once()
    {
        world.Meddle = (_, call) => call.StartsWith("make", StringComparison.Ordinal) ? throw new ProblemException(new Problem("Not allowed", "Nobody may write.")) : Task.CompletedTask;

        var report = await new Rolling(new Thing(world, "one", new { }), new Thing(world, "two", new { })).RunAsync();

        Assert.Equal(2, report.Count(Ending.Failed));
        Assert.Equal("Nobody may write.\nMet by test/thing/one, test/thing/two.", Assert.Single(report.Problems()).Detail);
    }

    private void Break(string call) =>
        world.Meddle = (_, made) => made == call ? throw new ProblemException(new Problem("No quota", "There is no room for host.")) : Task.CompletedTask;
}
