namespace DssPipeline.Convergence.Tests;

public sealed class GraphTests
{
    private readonly World world = new();

    [Fact]
    public void Nothing_comes_before_what_it_stands_on()
    {
        var graph = Of(
            new Thing(world, "last", new { from = Thing.PrincipalOf("middle") }),
            new Thing(world, "middle", new { }) { Host = "host" },
            new Thing(world, "later", new { }) { Others = ["last"] },
            new Thing(world, "host", new { }));

        var order = graph.Resources.Select(resource => resource.Id.Name);

        Assert.Equal(["host", "middle", "last", "later"], order);
    }

    [Fact]
    public void Things_that_do_not_stand_on_each_other_stay_in_the_order_of_declaration()
    {
        var graph = Of(new Thing(world, "c", new { }), new Thing(world, "a", new { }), new Thing(world, "b", new { }));

        Assert.Equal(["c", "a", "b"], graph.Resources.Select(resource => resource.Id.Name));
    }

    [Fact]
    public void A_cycle_is_told_as_a_path()
    {
        var failure = Assert.Throws<ProblemException>(() => Of(
            new Thing(world, "start", new { }) { Others = ["a"] },
            new Thing(world, "a", new { from = Thing.PrincipalOf("b") }),
            new Thing(world, "b", new { }) { Others = ["c"] },
            new Thing(world, "c", new { }) { Host = "a" }));

        var problem = Assert.Single(failure.Problems);
        Assert.Equal("Resources stand on each other", problem.Summary);
        Assert.StartsWith("test/thing/a → test/thing/b → test/thing/c → test/thing/a:", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_declared_twice_and_what_leads_nowhere_is_told_all_at_once()
    {
        var failure = Assert.Throws<ProblemException>(() => Of(
            new Thing(world, "a", new { }),
            new Thing(world, "a", new { }),
            new Thing(world, "b", new { from = Thing.PrincipalOf("nobody") }),
            new Thing(world, "c", new { from = Thing.PrincipalOf("nothing") })));

        Assert.Equal(["Declared twice", "Reference leads nowhere", "Reference leads nowhere"], failure.Problems.Select(problem => problem.Summary));
        Assert.Contains("test/thing/b takes a value from test/thing/nobody", failure.Problems[1].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void An_end_that_nobody_declares_is_no_error_but_can_be_listed()
    {
        var graph = Of(new Thing(world, "a", new { }) { Host = "group", Others = ["lock"] });

        Assert.Equal([(Thing.IdOf("a"), Thing.IdOf("group")), (Thing.IdOf("a"), Thing.IdOf("lock"))], graph.Dangling());
    }

    [Fact]
    public void What_is_outside_the_run_is_known_but_not_made()
    {
        var graph = new Graph([new Part("Run", "", [new Thing(world, "in", new { }) { Host = "out" }], [])], [new Thing(world, "out", new { })]);

        Assert.Equal(["in"], graph.Resources.Select(resource => resource.Id.Name));
        Assert.Contains(Thing.IdOf("out"), graph.Declared);
        Assert.DoesNotContain(Thing.IdOf("out"), graph.Included);
    }

    [Fact]
    public void A_thousand_things_in_a_row_are_ordered()
    {
        var chain = Enumerable.Range(0, 1000).Reverse().Select(number => new Thing(world, $"{number}", new { }) { Host = number == 0 ? null : $"{number - 1}" });

        var graph = Of([.. chain]);

        Assert.Equal(Enumerable.Range(0, 1000).Select(number => $"{number}"), graph.Resources.Select(resource => resource.Id.Name));
    }

    private static Graph Of(params Resource[] things) => new([new Part("Test", "", things, [])]);
}
