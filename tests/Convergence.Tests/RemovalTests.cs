namespace DssPipeline.Convergence.Tests;

/// <summary>A graph turned round removes everything that is ours, what stands on a thing before the thing.</summary>
public sealed class RemovalTests
{
    private readonly World world = new();

    [Fact]
    public async Task Everything_is_removed_in_reverse_order()
    {
        var parts = Deployment();
        await new Rolling(new Graph(parts)).RunAsync();
        world.Forget();

        var report = await Run(await Removal.OfAsync(parts, default)).RunAsync();

        Assert.True(report.IsGood);
        Assert.Empty(world.Names);
        Assert.Equal(("grant", "group"), (world.Written[0], world.Written[^1]));
    }

    [Fact]
    public async Task What_is_gone_already_is_left_alone()
    {
        var report = await Run(await Removal.OfAsync(Deployment(), default)).RunAsync();

        Assert.True(report.Plan.IsEmpty);
        Assert.Empty(world.Written);
    }

    [Fact]
    public async Task A_thing_stays_when_what_stands_on_it_could_not_be_removed()
    {
        var parts = Deployment();
        await new Rolling(new Graph(parts)).RunAsync();
        world.Meddle = (_, call) => call == "make account" ? throw new IOException("Locked.") : Task.CompletedTask;

        var report = await Run(await Removal.OfAsync(parts, default)).RunAsync();

        Assert.Equal(["account", "group"], world.Names);
        Assert.Equal(Ending.Skipped, report.Outcomes.Single(outcome => outcome.Id.Name == "group").Ending);
    }

    [Fact]
    public async Task Leftovers_go_too_and_what_lives_in_them_goes_before_them()
    {
        (world["old"], world["older"]) = ([], []);
        var search = new Search([new Thing(world, "old", null), new Thing(world, "older", null) { Host = "old" }]);

        world.Linger("make older");

        await Run(await Removal.OfAsync([new Part("Test", "", [], [search, search])], default)).RunAsync();

        Assert.Equal(["older", "old"], world.Written);
    }

    [Fact]
    public async Task Data_is_removed_only_when_it_is_named()
    {
        world["data"] = [];
        var parts = new List<Part> { new("Test", "", [new Thing(world, "data", new { }) { Precious = true }, new Thing(world, "plain", new { })], []) };

        var plan = await new Rolling(await Removal.OfAsync(parts, default)).PlanAsync();

        Assert.Contains("it may hold data", Assert.Single(plan.Refused).Problem!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_guards_others_goes_first()
    {
        (world["lock"], world["group"], world["account"]) = ([], [], []);
        var parts = new List<Part> { new("Test", "", [new Thing(world, "group", new { }), new Thing(world, "account", new { }) { Host = "group" }, new Thing(world, "lock", new { }) { Host = "group", Guards = true }], []) };

        world.Linger("make lock");

        await Run(await Removal.OfAsync(parts, default)).RunAsync();

        Assert.Equal(["lock", "account", "group"], world.Written);
    }

    [Fact]
    public async Task What_somebody_else_made_stays_with_all_that_lives_in_it()
    {
        (world["theirs"], world["ours"]) = ([], []);
        var parts = new List<Part> { new("Test", "", [new Thing(world, "theirs", new { }) { Foreign = true }, new Thing(world, "ours", new { }) { Host = "theirs" }], []) };

        var report = await Run(await Removal.OfAsync(parts, default)).RunAsync();

        Assert.True(report.Plan.IsEmpty);
        Assert.Equal(["ours", "theirs"], world.Names);
    }

    [Fact]
    public async Task Things_that_must_not_exist_go_before_what_they_live_in()
    {
        (world["host"], world["guest"]) = ([], []);

        world.Linger("make guest");

        await Run(new Graph([new Part("Test", "", [new Thing(world, "host", null), new Thing(world, "guest", null) { Host = "host" }], [])])).RunAsync();

        Assert.Equal(["guest", "host"], world.Written);
    }

    [Fact]
    public async Task What_must_not_exist_in_something_wished_for_is_looked_at_when_that_is_there()
    {
        world.Meddle = (_, call) =>
        {
            if (call == "make host") world["default-rule"] = [];
            return Task.CompletedTask;
        };

        await Run(new Graph([new Part("Test", "", [new Thing(world, "host", new { }), new Thing(world, "default-rule", null) { Host = "host" }], [])])).RunAsync();

        Assert.Equal(["host"], world.Names);
    }

    private sealed class Search(IReadOnlyList<Resource> leftovers) : LeftoverSearch
    {
        public override Task<IReadOnlyList<Resource>> FindAsync(IReadOnlySet<ResourceId> declared, CancellationToken cancel) => Task.FromResult(leftovers);
    }

    private List<Part> Deployment() =>
    [
        new("First", "", [new Thing(world, "group", new { }), new Thing(world, "identity", new { }) { Host = "group" }], []),
        new("Second", "", [new Thing(world, "account", new { }) { Host = "group" }, new Thing(world, "grant", new { to = Thing.PrincipalOf("identity") }) { Host = "account" }], []),
    ];

    private static Rolling Run(Graph graph) => new(graph)
    {
        Options = new() { Permissions = Permissions.None with { Delete = graph.Included.ToHashSet() } },
    };
}
