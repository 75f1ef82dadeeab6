using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>A document that DSS replaces as a whole and guards by nothing: read whole, ours laid over, written, read back.</summary>
public sealed partial class DssDocument
{
    private readonly Dss dss;
    private readonly string path;
    private readonly DssWriting writing;
    private readonly SemaphoreSlim turn = new(1);
    private readonly Lock gate = new();
    private Task<JsonObject?>? look;
    private JsonObject? readBack;

    internal DssDocument(Dss dss, string path, DssWriting writing) => (this.dss, this.path, this.writing) = (dss, path, writing);

    /// <summary>The lane of everything that changes it.</summary>
    public string Lane => $"dss/{path.Trim('/')}";

    /// <summary>What it holds; null when it is not there. All looks of one walk share one answer; what was written since is asked for again.</summary>
    public async Task<JsonObject?> ReadAsync(CancellationToken cancel)
    {
        Task<JsonObject?> shared;
        lock (gate)
        {
            // What was just read back is handed out once: who asks again wants to know what is there by then.
            if (readBack is { } fresh)
            {
                readBack = null;
                return fresh;
            }

            if (hasChanged) shared = GetAsync(cancel);
            else shared = look = look is null or { IsFaulted: true } ? GetAsync(CancellationToken.None) : look;
        }

        // One who gives up must not fail the others, so the shared look itself has no token.
        return (JsonObject?)(await shared.WaitAsync(cancel))?.DeepClone();
    }

    /// <summary>Forgets what was seen, so that the next walk shares a new look.</summary>
    internal void LookAnew()
    {
        lock (gate) (look, readBack, hasChanged) = (null, null, false);
    }

    private async Task<JsonObject?> GetAsync(CancellationToken cancel) => await dss.GetAsync(path, cancel) as JsonObject;
}
