namespace DssPipeline.Convergence.Tests;

/// <summary>Two plans with one digest do the same.</summary>
public sealed class PlanDigestTests
{
    private static readonly Comparison Bends = new([], ["/zones"], ["/password"], []);

    private readonly World world = new();

    [Fact]
    public async Task It_does_not_depend_on_the_order_of_things_members_and_sets()
    {
        var one = await DigestAsync(Of("a", new { sku = "x", size = 1, zones = new[] { "1", "2" } }), Of("b", new { }));
        var other = await DigestAsync(Of("b", new { }), Of("a", new { zones = new[] { "2", "1" }, size = 1, sku = "x" }));

        Assert.Equal(one, other);
        Assert.Equal(64, one.Length);
    }

    [Fact]
    public async Task It_does_not_depend_on_the_order_in_which_the_remote_lists_a_set()
    {
        world["a"] = new() { ["zones"] = new System.Text.Json.Nodes.JsonArray("1", "2") };
        var one = await DigestAsync(Of("a", new { zones = new[] { "3" } }));
        world["a"] = new() { ["zones"] = new System.Text.Json.Nodes.JsonArray("2", "1") };
        var other = await DigestAsync(Of("a", new { zones = new[] { "3" } }));

        Assert.Equal(one, other);
    }

    [Fact]
    public async Task It_changes_with_a_wished_value()
    {
        var one = await DigestAsync(Of("a", new { sku = "x" }));
        var other = await DigestAsync(Of("a", new { sku = "y" }));

        Assert.NotEqual(one, other);
    }

    [Fact]
    public async Task It_changes_with_an_observed_value()
    {
        world["a"] = new() { ["sku"] = "old" };
        var one = await DigestAsync(Of("a", new { sku = "x" }));
        world["a"]["sku"] = "older";
        var other = await DigestAsync(Of("a", new { sku = "x" }));

        Assert.NotEqual(one, other);
    }

    [Fact]
    public async Task It_changes_with_a_resource_that_joins()
    {
        var one = await DigestAsync(Of("a", new { }));
        var other = await DigestAsync(Of("a", new { }), Of("b", new { }));

        Assert.NotEqual(one, other);
    }

    [Fact]
    public async Task It_does_not_change_with_what_is_as_wished()
    {
        var one = await DigestAsync(Of("a", new { }));
        world["b"] = [];
        var other = await DigestAsync(Of("a", new { }), Of("b", new { }));

        Assert.Equal(one, other);
    }

    [Fact]
    public async Task It_tells_nothing_about_secrets()
    {
        var one = await DigestAsync(Of("a", new { password = "hunter2" }));
        var other = await DigestAsync(Of("a", new { password = "swordfish" }));

        Assert.Equal(one, other);
    }

    [Fact]
    public async Task It_belongs_to_the_changes_and_not_to_the_object_they_were_copied_from()
    {
        var plan = await new Rolling(Of("a", new { }), Of("b", new { })).PlanAsync();
        var (whole, none) = (plan.Digest, (plan with { Parts = [] }).Digest);

        Assert.NotEqual(whole, none);
    }

    private static async Task<string> DigestAsync(params Resource[] things) => (await new Rolling(things).PlanAsync()).Digest;

    private Thing Of(string name, object wish) => new(world, name, wish) { Bends = Bends };
}
