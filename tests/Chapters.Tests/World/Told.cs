using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters.Tests;

/// <summary>The chapters of a manifest, in the order they are told, with what they need.</summary>
/// <param name="asking">The one task that asks a DSS; for all others there is none.</param>
internal sealed class Told(Manifest manifest, Arm arm, (string Task, Dss Dss)? asking = null)
{
    private readonly Contents withDss = Contents.With(arm, TimeProvider.System, dss: asking?.Dss);

    public Contents Contents { get; } = Contents.With(arm, TimeProvider.System);

    public IReadOnlyList<Part> Parts => [.. Contents.All.Zip(withDss.All, (task, twin) => Contents.PartOf(Contents.NameOf(task.GetType()) == asking?.Task ? twin : task, manifest))];

    public IReadOnlyList<Resource> Resources => [.. Parts.SelectMany(part => part.Resources)];
}
