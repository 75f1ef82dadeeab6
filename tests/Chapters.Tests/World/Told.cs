using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters.Tests;

/// <summary>The chapters of a manifest, in the order they are told, with what they need.</summary>
internal sealed class Told(Manifest manifest, Arm arm)
{
    public Contents Contents { get; } = Contents.With(arm, TimeProvider.System);

    public IReadOnlyList<Part> Parts => [.. Contents.All.Select(task => Contents.PartOf(task, manifest))];

    public IReadOnlyList<Resource> Resources => [.. Parts.SelectMany(part => part.Resources)];
}
