using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters.Tests;

/// <summary>Plans as a person would read them: every <c>Cases/*.yml</c> beside a task, compared with its <c>.verified.txt</c>. Adding a case needs no code.</summary>
public sealed class Cases
{
    private static readonly string Folder = Here();

    public static TheoryData<string> All => [.. Directory.EnumerateFiles(Folder, "*.yml", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Folder, file).Replace('\\', '/'))
        .Where(file => file.Contains("/Cases/", StringComparison.Ordinal) && !file.StartsWith("Manifest/", StringComparison.Ordinal) && !file.StartsWith("bin/", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(All))]
    public async Task Plan_reads_as_verified(string file)
    {
        var @case = Case.Of(Path.Combine(Folder, file));
        var (manifest, before) = @case.Manifests;
        await using var world = await ArmWorld.StartAsync();
        await FurnishAsync(@case, new Stage(before, world), world);

        var plan = await new Stage(manifest, world).PlanAsync(@case.Task);

        Snapshot.Matches(new PlanText(Style.Plain).Of(manifest.Name, plan), Path.ChangeExtension(@case.File, ".verified.txt"));
    }

    private static async Task FurnishAsync(Case @case, Stage stage, ArmWorld world)
    {
        if (!@case.IsEmptyWorld)
        {
            stage.PlaceWhatExists();
            var failures = Stage.Failures(await stage.DeployAsync());
            Assert.True(failures is "", failures);
        }

        foreach (var (path, body) in @case.There) world.Place(stage.PathOf(path), body!.DeepClone().AsObject());
        foreach (var (id, patch) in @case.Bent)
        {
            var path = stage.PathOf(id);
            Assert.True(world[path] is not null, $"{path} is bent in the case, but is not in the world.");
            world[path] = patch is null ? null : (JsonObject)Merge(world[path], patch)!;
        }
    }

    /// <summary>RFC 7386.</summary>
    private static JsonNode? Merge(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject members) return patch?.DeepClone();

        var merged = target is JsonObject before ? (JsonObject)before.DeepClone() : [];
        foreach (var (name, value) in members)
        {
            if (value is null) merged.Remove(name);
            else merged[name] = Merge(merged[name], value);
        }

        return merged;
    }

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
