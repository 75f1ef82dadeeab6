using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;
using DssPipeline.Planes.Tests;

namespace DssPipeline.Chapters.Tests;

/// <summary>A manifest, the world it meets, and what a run makes of both.</summary>
internal sealed class Stage(Manifest manifest, ArmWorld world, (string Task, Dss Dss)? asking = null) : IProgress<Happening>
{
    private readonly SkippingClock clock = new();

    /// <summary>What others have made and the deployment stands on.</summary>
    public void PlaceWhatExists()
    {
        foreach (var existing in New().Resources.OfType<Existing>()) world.Place(existing.Desired["id"]!.ToString(), Json.Of(new { properties = new { addressPrefix = "10.20.0.0/20" } }).AsObject());
    }

    /// <summary>Everything as the manifest wishes, made by the chapters themselves.</summary>
    public async Task<Report> DeployAsync()
    {
        var told = New();
        var rollout = Rollout(new Graph(told.Parts));
        rollout.Start(await rollout.PlanAsync(CancellationToken.None), CancellationToken.None);
        return await rollout.FinishAsync();
    }

    /// <summary>The plan of everything, or of one task out of it.</summary>
    public async Task<Plan> PlanAsync(string? task = null)
    {
        var plan = await Rollout(new Graph(New().Parts)).PlanAsync(CancellationToken.None);
        return task is null ? plan : new([plan.Parts.Single(part => part.Name == task)]);
    }

    /// <summary>What went wrong, a line each.</summary>
    public static string Failures(Report report) =>
        string.Join('\n', report.Outcomes.Where(outcome => !outcome.IsGood).Select(outcome => $"{outcome.Id}: {outcome.Problem}"));

    /// <summary>Where Azure keeps the thing of that name.</summary>
    public string PathOf(string id) =>
        ResourceId.TryParse(id, out var name) && New().Resources.OfType<Planes.ArmResource>().FirstOrDefault(resource => resource.Id == name) is { } found
            ? found.Address.Id
            : id.Replace("{group}", manifest.Names.ResourceGroup.Path, StringComparison.Ordinal);

    public void Report(Happening value)
    {
    }

    private static HashSet<ResourceId> Named(IEnumerable<string> ids) =>
        [.. ids.Select(text => ResourceId.TryParse(text, out var id) ? id : throw new InvalidDataException($"{text} is no resource's name"))];

    private Told New() => new(manifest, world.ArmFor(manifest), asking);

    private Rollout Rollout(Graph graph) => new(graph, new RolloutOptions { LookAnew = () => asking?.Dss.LookAnew(), Permissions = new(Named(manifest.Policy.AllowReplace), Named(manifest.Policy.AllowDelete)) }, clock, this);
}
