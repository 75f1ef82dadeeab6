using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>How ours gets into the document without anybody else's getting lost.</summary>
public sealed partial class DssDocument
{
    // A DSS that encrypts its secrets anew for each look never shows the same twice; after so many looks that differ in nothing else, they are taken for the same.
    private const int Shimmers = 3;

    // What is gone after a write was dropped by DSS, or undone by somebody who wrote an older copy; the latter does not happen twice.
    private const int Writes = 3;

    private bool hasChanged;

    /// <summary>Lays what is ours over what is there, and makes sure that it arrived. Safe to repeat.</summary>
    /// <param name="overlay">Changes what is ours and nothing else. It is called again when somebody else wrote meanwhile.</param>
    /// <param name="owned">JSON pointers of what must be found afterwards as it was written; items of lists are named by their name or key. Secrets are not among them, because DSS does not give them back.</param>
    /// <exception cref="ProblemException">The document is not there, or DSS drops what is ours; all of it is named.</exception>
    public Task ChangeAsync(Action<JsonObject> overlay, IReadOnlyList<string> owned, CancellationToken cancel) => ChangeAsync(overlay, owned, document => document, cancel);

    /// <summary>The same where the pointers speak of what <paramref name="sight"/> makes of the document, because its lists hold items that no one name tells apart.</summary>
    public async Task ChangeAsync(Action<JsonObject> overlay, IReadOnlyList<string> owned, Func<JsonObject, JsonObject> sight, CancellationToken cancel)
    {
        await dss.RefuseOtherAsync(cancel);
        await turn.WaitAsync(cancel);
        try
        {
            lock (gate) (look, readBack, hasChanged) = (null, null, true);
            var found = await WriteAndReadAsync(overlay, (written, found) => DssOwned.Lost(owned, sight(Copy(written)), found is null ? null : sight(Copy(found))), cancel);
            lock (gate) readBack = found;
        }
        finally
        {
            turn.Release();
        }
    }

    private static JsonObject Copy(JsonObject document) => (JsonObject)document.DeepClone();

    private async Task<JsonObject?> WriteAndReadAsync(Action<JsonObject> overlay, Func<JsonObject, JsonObject?, IReadOnlyList<string>> lacking, CancellationToken cancel)
    {
        IReadOnlyList<string> lost = [];
        for (var write = 0; write < Writes; write++)
        {
            var written = await WriteAsync(overlay, cancel);
            var found = await GetAsync(CancellationToken.None);
            lost = lacking(written, found);
            if (lost is []) return found;
        }

        throw dss.Dropped(path, lost);
    }

    /// <summary>A write whose answer got lost may have happened, and somebody else's may have followed it: so it is never sent again as it was.</summary>
    /// <returns>The document as it was written.</returns>
    private async Task<JsonObject> WriteAsync(Action<JsonObject> overlay, CancellationToken cancel)
    {
        JsonObject? body = null;
        await dss.RepeatAsync(async () => await SendAsync(body = await MergedAsync(overlay, cancel)), Request([]), cancel);
        return body!;
    }

    /// <summary>Ours over theirs, where theirs was read a moment ago and again since. Whoever writes in between is merged, and given a little longer each time.</summary>
    /// <exception cref="ProblemException">Somebody writes without end: unguarded, ours would take away what they write.</exception>
    private async Task<JsonObject> MergedAsync(Action<JsonObject> overlay, CancellationToken cancel)
    {
        var (quiet, shimmers) = (dss.QuietOf(path), 0);
        var seen = await NeededAsync(cancel);
        while (true)
        {
            var body = Copy(seen);
            overlay(body);
            var now = await NeededAsync(cancel);
            if (JsonNode.DeepEquals(now, seen)) return body;

            var moved = DssMoves.Between(seen, now).ToList();
            shimmers = moved is [] ? shimmers + 1 : 0;
            if (shimmers == Shimmers) return body;

            await quiet.AwaitAsync(moved, cancel);
            seen = now;
        }
    }

    private async Task<JsonObject> NeededAsync(CancellationToken cancel) => await GetAsync(cancel) ?? throw dss.NotThere(path);

    private Task<DssAnswer> SendAsync(JsonObject body) => dss.SendAsync(Request(body), CancellationToken.None);

    private DssRequest Request(JsonObject body) => (writing is DssWriting.Put ? DssRequest.Put(path, body) : DssRequest.Post(path, body)) with { Persistence = DssPersistence.Once };
}
