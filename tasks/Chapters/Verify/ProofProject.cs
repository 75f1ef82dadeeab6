using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>A DSS project that lives as long as the proofs that need one. Nobody else's project is touched.</summary>
internal sealed class ProofProject(Dss dss, Manifest manifest) : IAsyncDisposable
{
    private readonly string key = $"DSSPIPELINE_PROOF_{Guid.NewGuid().ToString("N")[..8].ToUpperInvariant()}";
    private readonly Lock gate = new();
    private Task? made;

    /// <summary>Its key; it is made when it is first asked for.</summary>
    public async Task<string> KeyAsync(CancellationToken cancel)
    {
        lock (gate) made ??= MakeAsync(cancel);
        await made;
        return key;
    }

    public async ValueTask DisposeAsync()
    {
        if (made is null) return;

        await dss.DeleteAsync($"{Dss.Path("projects", key)}?clearManagedDatasets=true&clearOutputManagedFolders=true&clearJobAndScenarioLogs=true&wait=true", CancellationToken.None);
    }

    private async Task MakeAsync(CancellationToken cancel) => await dss.PostAsync(
        "projects/",
        (JsonObject)Json.Of(new { projectKey = key, name = "Proof of DssPipeline, removed when it ends", owner = manifest.Projects.Select(project => project.Owner).FirstOrDefault("admin"), settings = (object?)null, description = (object?)null, permissions = Array.Empty<object>(), tags = Array.Empty<object>() }),
        cancel);
}
