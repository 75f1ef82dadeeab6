using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>A connection that the manifest wants no longer, and names as one that may go. The data stays in its account.</summary>
internal sealed class UnwantedConnection(Dss dss, Manifest manifest, string name) : MarkedObject(dss, manifest, "connection", name)
{
    public override bool HoldsData => true;

    protected override string Path => AdlsConnection.PathOf(Id.Name);

    protected override JsonObject? Wish => null;

    private protected override DssSight See(JsonObject document) => AdlsConnection.Seen(document);

    protected override void Lay(JsonObject document, JsonObject wish, Secret? secret) => throw new NotSupportedException();

    protected override Task RemoveAsync(CancellationToken cancel) => Dss.DeleteAsync(Path, cancel);
}
