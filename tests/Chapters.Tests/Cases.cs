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
        await using var dss = @case.Dss is { } version ? await DssStage.StartAsync("", version) : null;
        await FurnishAsync(@case, new Stage(before, world, Asking(before)), world);
        if (dss is not null) await dss.BendAsync(SettingsEntry.General, settings => Patch((JsonObject)settings, @case.Settings));

        var plan = await new Stage(manifest, world, Asking(manifest)).PlanAsync(@case.Task);

        Snapshot.Matches(new PlanText(Style.Plain).Of(manifest.Name, plan), Path.ChangeExtension(@case.File, ".verified.txt"));

        (string, Planes.Dss)? Asking(Manifest of) => dss is null ? null : (@case.Task, dss.Client(of.Names.Dss));
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

    /// <summary>RFC 7386, in which a list is patched by the names of its items: <c>{name: patch}</c>.</summary>
    private static void Patch(JsonNode there, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            var below = there is JsonArray list ? list.Single(item => new[] { "name", "key" }.Any(key => item![key]?.ToString() == name)) : there[name];
            if (value is JsonObject inner && below is JsonObject or JsonArray) Patch(below!, inner);
            else if (there is JsonArray items && value is null) items.Remove(below);
            else if (value is null) ((JsonObject)there).Remove(name);
            else there[name] = value.DeepClone();
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
