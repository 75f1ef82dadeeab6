using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters.Tests;

/// <summary>The whole story with the machine and DSS in it: what stands on what, and in which order it is told.</summary>
public sealed class DssOrderTests
{
    public static TheoryData<string> Manifests => [.. Examples.All.Select(row => row.Data), "everything"];

    [Theory, MemberData(nameof(Manifests))]
    public async Task Nothing_stands_on_what_nobody_declares_and_no_edge_runs_against_the_told_order(string name)
    {
        await using var told = await WholeAsync(name);
        var places = told.Parts.SelectMany((part, place) => part.Resources.Select(resource => (resource.Id, place))).ToDictionary(entry => entry.Id, entry => entry.place);

        var dangling = told.Graph.Dangling();
        var backwards = told.Graph.Resources.SelectMany(resource => told.Graph.StandsOn(resource), (on, below) => (on.Id, Below: below.Id)).Where(edge => places[edge.Below] > places[edge.Id]);

        Assert.Empty(dangling);
        Assert.Empty(backwards);
    }

    [Theory, MemberData(nameof(Manifests))]
    public async Task A_task_that_stands_on_a_thing_depends_on_its_task(string name)
    {
        await using var told = await WholeAsync(name);
        var homes = told.Parts.SelectMany(part => part.Resources.Select(resource => (resource.Id, part.Name))).ToDictionary(entry => entry.Id, entry => entry.Name);

        var missing = told.Graph.Resources.SelectMany(resource => told.Graph.StandsOn(resource), (on, below) => (on.Id, Below: below.Id))
            .Where(edge => !OrderTests.Walk(OrderTests.TypeOf(homes[edge.Id])).Contains(homes[edge.Below]));

        Assert.Empty(missing);
    }

    [Fact]
    public async Task The_chapters_inside_DSS_declare_what_the_manifest_says()
    {
        await using var told = await WholeAsync("everything");

        var inside = told.Parts.Select(part => $"{part.Name}\n{string.Concat(part.Resources.Where(resource => resource.Id.Plane == "dss" && Ours(part.Name, resource)).Select(Written))}").Where(text => text.Contains("wish", StringComparison.Ordinal));

        Snapshot.Matches(string.Join('\n', inside), Path.Combine(Snapshot.Folder(), "DssOrderTests.everything.verified.txt"));
    }

    [Fact]
    public async Task A_group_comes_before_everything_that_names_it()
    {
        await using var told = await WholeAsync("everything");
        var group = new ResourceId("dss", "group", "data-scientists");

        var users = told.Graph.Resources.Where(resource => told.Graph.StandsOn(resource).Any(below => below.Id == group)).Select(resource => $"{resource.Id}");

        Assert.Equal(["dss/user/ada", "dss/connection/adls-raw", "dss/connection/adls-managed", "dss/pluginPreset/connection-info/aks-connection", "dss/projectPermissions/SALES"], users.Where(id => !id.StartsWith("dss/containerConfig", StringComparison.Ordinal)));
    }

    private static bool Ours(string part, Resource resource) => part is "CreateAdls" or "InstallAksPlugin" or "UseCluster" || resource is DssGroup or DssUser;

    private static string Written(Resource resource) =>
        $"  {resource.Id}\n    wish {resource.Desired!.ToJsonString(Relaxed)}\n{(resource.After.Count > 0 ? $"    after {string.Join(", ", resource.After)}\n" : "")}";

    private static readonly System.Text.Json.JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static async Task<Whole> WholeAsync(string name)
    {
        var manifest = name == "everything" ? Everything.Read() : Examples.Read(name);
        var world = await ArmWorld.StartAsync();
        var machine = new Machine(new() { Host = manifest.Names.Machine }, new ProcessShell("false", []), TimeProvider.System);
        return new(world, machine, [.. Contents.With(world.ArmFor(manifest), TimeProvider.System, machine, dss: SilentDss.Of(manifest)).All.Select(task => Contents.PartOf(task, manifest))]);
    }

    private sealed record Whole(ArmWorld World, Machine Machine, IReadOnlyList<Part> Parts) : IAsyncDisposable
    {
        public Graph Graph { get; } = new(Parts);

        public async ValueTask DisposeAsync()
        {
            await Machine.DisposeAsync();
            await World.DisposeAsync();
        }
    }
}
