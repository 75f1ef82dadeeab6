namespace DssPipeline.Convergence.Tests;

/// <summary>What is there and ours although nobody wishes for it is removed last, or not at all.</summary>
public sealed class LeftoverTests
{
    private readonly World world = new();

    public LeftoverTests() => (world["old"], world["older"]) = ([], []);

    [Fact]
    public async Task Leftovers_are_removed_after_everything_wished_for()
    {
        world.Linger("make new");

        var report = await Run(new Thing(world, "old", null)).RunAsync();

        Assert.True(report.IsGood);
        Assert.Equal(["new", "old"], world.Written);
        Assert.Equal(["new", "older"], world.Names);
    }

    [Fact]
    public async Task Leftovers_that_are_not_allowed_to_go_are_refused()
    {
        var plan = await new Rolling(GraphWith(new Thing(world, "old", null))).PlanAsync();

        var change = Assert.Single(plan.Refused);
        Assert.Equal(("old", "Removal not allowed"), (change.Id.Name, change.Problem!.Summary));
    }

    [Fact]
    public async Task Leftovers_stay_when_something_failed()
    {
        world.Meddle = (_, call) => call == "make new" ? throw new IOException("No.") : Task.CompletedTask;

        var report = await Run(new Thing(world, "old", null)).RunAsync();

        Assert.Equal([Ending.Failed, Ending.Skipped], report.Outcomes.Select(outcome => outcome.Ending));
        Assert.Contains("old", world.Names);
    }

    [Fact]
    public async Task What_lives_in_a_leftover_goes_before_it()
    {
        world.Linger("make older");

        await Run(new Thing(world, "old", null), new Thing(world, "older", null) { Host = "old" }).RunAsync();

        Assert.Equal(["new", "older", "old"], world.Written);
    }

    [Fact]
    public async Task A_leftover_that_several_searches_find_is_told_once()
    {
        var search = new Finding(() => [new Thing(world, "old", null)]);
        var graph = new Graph([new Part("One", "", [], [search, search]), new Part("Two", "", [], [search])]);

        var plan = await new Rolling(graph).PlanAsync();

        Assert.Equal([1, 0], plan.Parts.Select(part => part.Changes.Count));
    }

    [Fact]
    public async Task What_is_declared_or_already_gone_is_no_leftover()
    {
        var search = new Finding(() => [new Thing(world, "old", null), new Thing(world, "gone", null)]);
        var graph = new Graph([new Part("One", "", [], [search])], [new Thing(world, "old", new { })]);

        var plan = await new Rolling(graph).PlanAsync();

        Assert.Empty(plan.Changes);
    }

    [Fact]
    public async Task Searches_that_fail_are_told_together_with_looks_that_fail()
    {
        world.Meddle = (_, call) => throw new IOException(call);
        var search = new Finding(() => throw new IOException("list"));
        var graph = new Graph([new Part("One", "", [new Thing(world, "new", new { })], [search])]);

        var failure = await Assert.ThrowsAsync<ProblemException>(new Rolling(graph).PlanAsync);

        Assert.Equal(["test/thing/new: IOException: look new", "leftovers/of/One: IOException: list"], failure.Problems.Select(problem => problem.Detail));
    }

    private Rolling Run(params Resource[] leftovers) => new(GraphWith(leftovers))
    {
        Options = new() { Permissions = Permissions.None with { Delete = leftovers.Select(leftover => leftover.Id).ToHashSet() } },
    };

    private Graph GraphWith(params Resource[] leftovers) =>
        new([new Part("One", "the only part", [new Thing(world, "new", new { })], [new Finding(() => leftovers)])]);

    private sealed class Finding(Func<IReadOnlyList<Resource>> found) : LeftoverSearch
    {
        public override async Task<IReadOnlyList<Resource>> FindAsync(IReadOnlySet<ResourceId> declared, CancellationToken cancel)
        {
            await Task.Yield();
            return found();
        }
    }
}
