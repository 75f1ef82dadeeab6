using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters.Tests;

/// <summary>What the examples declare.</summary>
public sealed class DeclarationTests
{
    [Theory]
    [MemberData(nameof(Examples.All), MemberType = typeof(Examples))]
    public async Task Nothing_stands_on_what_nobody_declares(string example)
    {
        await using var world = await ArmWorld.StartAsync();
        var manifest = Examples.Read(example);

        var dangling = new Graph(new Told(manifest, world.ArmFor(manifest)).Parts).Dangling();

        Assert.Empty(dangling);
    }

    [Theory]
    [MemberData(nameof(Examples.All), MemberType = typeof(Examples))]
    public async Task The_same_manifest_declares_the_same_and_asks_nobody(string example)
    {
        await using var world = await ArmWorld.StartAsync();
        var manifest = Examples.Read(example);

        var once = new Told(manifest, world.ArmFor(manifest)).Resources.Select(Written).ToList();
        var twice = new Told(Examples.Read(example), world.ArmFor(manifest)).Resources.Select(Written).ToList();

        Assert.Equal(once, twice);
        Assert.Empty(world.Asked);
    }

    [Theory]
    [MemberData(nameof(Examples.All), MemberType = typeof(Examples))]
    public async Task Every_body_is_one_that_Azure_takes_and_the_second_plan_is_empty(string example)
    {
        await using var world = await ArmWorld.StartAsync();
        var stage = new Stage(Examples.Read(example), world);
        stage.PlaceWhatExists();

        var report = await stage.DeployAsync();
        var again = await stage.PlanAsync();

        Assert.True(Stage.Failures(report) is "", Stage.Failures(report));
        Assert.Equal("", string.Join('\n', world.Offences));
        Assert.True(again.IsEmpty, new PlanText(Style.Plain).Of(example, again));
    }

    [Fact]
    public async Task What_is_out_of_reach_is_said_and_everything_else_is_done()
    {
        await using var world = await ArmWorld.StartAsync();
        await using var machine = new Machine(new() { Host = new("machine", "host", "vm") }, new ProcessShell("false", []), TimeProvider.System);

        var all = Contents.With(world.ArmFor(Examples.Read("reference")), TimeProvider.System, machine, dss: SilentDss.Of(Examples.Read("reference"))).All;

        Assert.Equal(["CreateAks: nothing inside clusters is looked at: only the Azure side is looked at"], all.Where(task => task.NotYet is not null).Select(task => $"{Contents.NameOf(task.GetType())}: {task.NotYet}"));
        Assert.DoesNotContain(all, task => Contents.DescriptionOf(task.GetType()).Contains("lanned", StringComparison.Ordinal));
    }

    private static string Written(Resource resource) => $"{resource.Id} {resource.Desired?.ToJsonString()}";
}
