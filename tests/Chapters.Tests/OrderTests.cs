using DssPipeline.Convergence;

namespace DssPipeline.Chapters.Tests;

/// <summary>The tasks as they are told, and the edges underneath.</summary>
public sealed class OrderTests
{
    private static readonly string[] Story =
    [
        "CreateResourceGroup", "CreateNetwork", "CreateIdentity", "CreateRegistry", "PrepareVm", "InstallDss", "BuildImages", "ConfigureContainers",
        "ConfigureSpark", "PushImages", "CreateAdls", "InstallAksPlugin", "CreateAks", "UseCluster",
    ];

    public static TheoryData<string> Tasks => [.. Story];

    [Fact]
    public void Deploy_tells_the_whole_story_in_order()
    {
        Assert.Equal(Story, Contents.Targets.Take(Story.Length));
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void What_a_task_stands_on_is_told_in_the_same_order(string task)
    {
        var type = typeof(ConvergingTask).Assembly.GetType($"DssPipeline.Chapters.{task}Task")!;

        var told = Walk(type).Distinct().ToList();

        Assert.Equal(Story.Where(told.Contains), told);
    }

    [Theory]
    [InlineData("CreateAdls", "CreateResourceGroup CreateNetwork CreateIdentity PrepareVm InstallDss CreateAdls")]
    [InlineData("CreateRegistry", "CreateResourceGroup CreateNetwork CreateIdentity CreateRegistry")]
    [InlineData("CreateAks", "CreateResourceGroup CreateNetwork CreateIdentity CreateRegistry PrepareVm InstallDss InstallAksPlugin CreateAks")]
    public void A_task_brings_what_it_stands_on_and_nothing_else(string task, string expected)
    {
        var type = typeof(ConvergingTask).Assembly.GetType($"DssPipeline.Chapters.{task}Task")!;

        var told = Walk(type).Distinct();

        Assert.Equal(expected, string.Join(' ', told));
    }

    [Theory]
    [MemberData(nameof(Examples.All), MemberType = typeof(Examples))]
    public async Task No_edge_runs_against_the_told_order(string example)
    {
        await using var world = await ArmWorld.StartAsync();
        var manifest = Examples.Read(example);
        var parts = new Told(manifest, world.ArmFor(manifest)).Parts;
        var graph = new Graph(parts);
        var places = parts.SelectMany((part, place) => part.Resources.Select(resource => (resource.Id, place))).ToDictionary(entry => entry.Id, entry => entry.place);

        var backwards = graph.Resources.SelectMany(resource => graph.StandsOn(resource), (on, below) => (on.Id, Below: below.Id)).Where(edge => places[edge.Below] > places[edge.Id]);

        Assert.Empty(backwards);
    }

    [Theory]
    [MemberData(nameof(Examples.All), MemberType = typeof(Examples))]
    public async Task A_task_that_stands_on_a_thing_depends_on_its_task(string example)
    {
        await using var world = await ArmWorld.StartAsync();
        var manifest = Examples.Read(example);
        var parts = new Told(manifest, world.ArmFor(manifest)).Parts;
        var graph = new Graph(parts);
        var homes = parts.SelectMany(part => part.Resources.Select(resource => (resource.Id, part.Name))).ToDictionary(entry => entry.Id, entry => entry.Name);

        var missing = graph.Resources.SelectMany(resource => graph.StandsOn(resource), (on, below) => (on.Id, Below: below.Id))
            .Where(edge => !Walk(TypeOf(homes[edge.Id])).Contains(homes[edge.Below]));

        Assert.Empty(missing);
    }

    internal static Type TypeOf(string task) => typeof(ConvergingTask).Assembly.GetType($"DssPipeline.Chapters.{task}Task")!;

    internal static IEnumerable<string> Walk(Type task) =>
        task.GetCustomAttributes(typeof(Cake.Frosting.IsDependentOnAttribute), false).Cast<Cake.Frosting.IsDependentOnAttribute>().SelectMany(below => Walk(below.Task)).Append(Contents.NameOf(task));
}
