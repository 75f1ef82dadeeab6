using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>A group or a user that the manifest wants no longer, and names as one that may go.</summary>
internal sealed class UnwantedDssObject(Dss dss, Manifest manifest, string kind, string name) : MarkedObject(dss, manifest, kind, name)
{
    protected override string Path => Dss.Path("admin", $"{Id.Kind}s", Id.Name);

    protected override JsonObject? Wish => null;

    private protected override DssSight See(JsonObject document) => new(document);

    protected override void Lay(JsonObject document, JsonObject wish, Secret? secret) => throw new NotSupportedException();

    protected override Task RemoveAsync(CancellationToken cancel) => Dss.DeleteAsync(Path, cancel);
}
