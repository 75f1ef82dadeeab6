using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>A part of a document that DSS replaces as a whole: ours is laid over it, what others wrote stays.</summary>
public abstract class DssPart(Dss dss, string kind, string name) : DssObject(dss, kind, name)
{
    public sealed override JsonNode? Desired => Wish;

    public override string Lane => Document.Lane;

    /// <summary>Where the document is.</summary>
    protected abstract string Path { get; }

    /// <summary>What is wished, in the form in which it is compared.</summary>
    protected abstract JsonObject Wish { get; }

    private DssDocument Document => Dss.Document(Path);

    public sealed override async Task<JsonNode?> ObserveAsync(CancellationToken cancel) =>
        await Document.ReadAsync(cancel) is { } document ? See(document) : null;

    public sealed override async Task ApplyAsync(Change change, CancellationToken cancel)
    {
        await PrepareAsync(cancel);
        await Document.ChangeAsync(document => Lay(document, (JsonObject)change.Desired!), Owned, Sight, cancel);
    }

    /// <summary>What must be done before it is written.</summary>
    protected virtual Task PrepareAsync(CancellationToken cancel) => Task.CompletedTask;

    /// <summary>What the document says of it, in the form of the wish.</summary>
    protected virtual JsonObject See(JsonObject document) => document;

    /// <summary>Lays the wish over the document.</summary>
    protected virtual void Lay(JsonObject document, JsonObject wish) => DssWish.Lay(document, wish);

    /// <summary>Pointers of what must be found in the document afterwards.</summary>
    protected virtual IReadOnlyList<string> Owned => DssWish.Pointers(Wish);

    /// <summary>The document as those pointers speak of it.</summary>
    protected virtual JsonObject Sight(JsonObject document) => document;
}
