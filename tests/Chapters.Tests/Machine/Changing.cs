using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters.Tests;

/// <summary>What the engine does with one resource, without the engine: look, compare, make.</summary>
internal static class Changing
{
    public static async Task<Change> LookAsync(this MachineResource resource) =>
        Change.Between(resource, resource.Desired, await resource.ObserveAsync(default), Permissions.None);

    /// <summary>Makes what differs.</summary>
    /// <returns>What still differs then.</returns>
    public static async Task<Change> MakeAsync(this MachineResource resource)
    {
        var change = await resource.LookAsync();
        if (change.Verb is not Verb.Keep) await resource.ApplyAsync(change, default);
        return await resource.LookAsync();
    }

    public static string Paths(this Change change) => string.Join(' ', change.Differences.Select(difference => difference.Path));

    /// <summary>The words of a change that the machine does not make.</summary>
    public static async Task<Problem> ProblemAsync(this MachineResource resource) =>
        (await Assert.ThrowsAsync<ProblemException>(async () => await resource.ApplyAsync(new(resource, Verb.Create, resource.Desired, null, []), default))).Problems[0];

    public static JsonNode? At(this Change change, string path) => Pointer.At(change.Observed, path);
}
