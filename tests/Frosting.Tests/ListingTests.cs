using Cake.Core;
using Cake.Frosting;

namespace Frosting.Tests;

public sealed class ListingTests
{
    [Fact]
    public void Tree_shows_what_depends_on_what_and_runs_nothing()
    {
        var kitchen = new Kitchen(typeof(Mix), typeof(Bake), typeof(Serve));

        var code = kitchen.Run("--tree");

        Assert.Equal(0, code);
        Assert.Empty(kitchen.Steps);
        Assert.Equal(["Serve", "└─Bake", "└─Mix"], Lines(kitchen));
    }

    [Fact]
    public void Description_lists_every_task_with_its_words()
    {
        var kitchen = new Kitchen(typeof(Mix), typeof(Bake), typeof(Serve));

        var code = kitchen.Run("--description");

        Assert.Equal(0, code);
        Assert.Empty(kitchen.Steps);
        Assert.Contains("Mix  Flour and eggs", Squeezed(kitchen), StringComparison.Ordinal);
        Assert.Contains("Bake  Forty minutes", Squeezed(kitchen), StringComparison.Ordinal);
        Assert.Contains("Serve", Squeezed(kitchen), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--dryrun")]
    [InlineData("--noop")]
    [InlineData("--whatif")]
    public void A_dry_run_shows_the_order_and_runs_nothing(string option)
    {
        var kitchen = new Kitchen(typeof(Serve), typeof(Bake), typeof(Mix));

        var code = kitchen.Run("--target", "Serve", option);

        Assert.Equal(0, code);
        Assert.Empty(kitchen.Steps);
        Assert.Equal(["1. Mix", "2. Bake", "3. Serve"], Lines(kitchen).Where(line => char.IsDigit(line[0])));
    }

    [Fact]
    public void An_exclusive_dry_run_shows_the_target_alone()
    {
        var kitchen = new Kitchen(typeof(Serve), typeof(Bake), typeof(Mix));

        kitchen.Run("--target", "Serve", "--dryrun", "--exclusive");

        Assert.Equal(["1. Serve"], Lines(kitchen).Where(line => char.IsDigit(line[0])));
    }

    [Fact]
    public void Version_is_that_of_the_engine()
    {
        var kitchen = new Kitchen();

        var code = kitchen.Run("--version");

        Assert.Equal(0, code);
        Assert.Equal(["7.0.0"], Lines(kitchen));
    }

    [Fact]
    public void Info_shows_the_details_of_the_version()
    {
        var kitchen = new Kitchen();

        var code = kitchen.Run("--info");

        Assert.Equal(0, code);
        Assert.Contains("Version: 7.0.0", kitchen.Output, StringComparison.Ordinal);
    }

    private static string[] Lines(Kitchen kitchen) =>
        kitchen.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string Squeezed(Kitchen kitchen) =>
        string.Join('\n', Lines(kitchen).Select(line => string.Join("  ", line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))));

    [TaskDescription("Flour and eggs")]
    internal sealed class Mix(Trail trail) : FrostingTask
    {
        public override void Run(ICakeContext context) => trail.Add("Mix");
    }

    [TaskDescription("Forty minutes")]
    [IsDependentOn(typeof(Mix))]
    internal sealed class Bake(Trail trail) : FrostingTask
    {
        public override void Run(ICakeContext context) => trail.Add("Bake");
    }

    [IsDependentOn(typeof(Bake))]
    internal sealed class Serve(Trail trail) : FrostingTask
    {
        public override void Run(ICakeContext context) => trail.Add("Serve");
    }
}
