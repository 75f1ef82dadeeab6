namespace DssPipeline.Convergence.Tests;

/// <summary>A plan as a graph that people can read.</summary>
public sealed class PlanMermaidTests
{
    [Fact]
    public void What_changes_is_drawn_with_what_it_stands_on()
    {
        var graph = PlanMermaid.Of(Story.Plan());

        Assert.Contains("  subgraph t0[\"CreateNetwork\"]\n    r0[\"~ thing/snet-dss\"]:::update\n    r1[\"+ thing/nsg-dss\"]:::create\n  end\n", graph, StringComparison.Ordinal);
        Assert.DoesNotContain("vnet-dss", graph, StringComparison.Ordinal);
    }

    [Fact]
    public void An_edge_leads_from_what_is_below_to_what_stands_on_it()
    {
        var (below, above) = (Created("one"), Created("two", Reference.To(Thing.IdOf("one"), "/id")));

        Assert.Contains("  r0 --> r1\n", PlanMermaid.Of(new([new("A", "", [below, above])])), StringComparison.Ordinal);
    }

    [Fact]
    public void Too_many_resources_are_drawn_as_their_tasks()
    {
        var many = Enumerable.Range(0, 50).Select(number => Created($"n{number}")).ToList();

        var graph = PlanMermaid.Of(new([new("A", "", many), new("B", "", [Created("last", Reference.To(Thing.IdOf("n7"), "/id"))])]));

        Assert.Equal("flowchart LR\n  t0[\"A<br/>+50\"]\n  t1[\"B<br/>+1\"]\n  t0 --> t1\n", graph);
    }

    [Fact]
    public void Names_cannot_leave_their_node()
    {
        var graph = PlanMermaid.Of(new([new("A", "", [Created("x\"] --> y[\"<b>#1\n")])]));

        Assert.Contains("    r0[\"+ thing/x#quot;] --#gt; y[#quot;#lt;b#gt;#35;1\\n\"]:::create\n", graph, StringComparison.Ordinal);
    }

    private static Change Created(string name, object? value = null)
    {
        var thing = new Thing(new World(), name, new { value });
        return Change.Between(thing, thing.Desired, observed: null, new Permissions(new HashSet<ResourceId>(), new HashSet<ResourceId>()));
    }
}
