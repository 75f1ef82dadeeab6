using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>A DSS project that lives as long as the proofs that need one. Nobody else's project is touched.</summary>
internal sealed class ProofProject(Dss dss, Manifest manifest)
{
    private readonly string key = $"DSSPIPELINE_PROOF_{Guid.NewGuid().ToString("N")[..8].ToUpperInvariant()}";
    private readonly Lock gate = new();
    private readonly ConcurrentQueue<Problem> left = [];
    private Task? made;

    /// <summary>Its key; it is made when it is first asked for.</summary>
    public async Task<string> KeyAsync(CancellationToken cancel)
    {
        lock (gate) made ??= MakeAsync(cancel);
        await made;
        return key;
    }

    /// <summary>Removes what a proof made in it, also when the run was ended. What does not go is told at the end and hides no proof.</summary>
    public async Task RemoveAsync(string path)
    {
        try
        {
            await dss.DeleteAsync(path, CancellationToken.None);
        }
        catch (ProblemException failure)
        {
            left.Enqueue(new("Proof left something behind", $"A proof {(made is { IsFaulted: true } ? "may have made" : "made")} {path.Split('?')[0]} in DSS for itself, and it could not be removed. {string.Join(' ', failure.Problems.Select(problem => problem.Detail))} {(made is { IsFaulted: true } ? "If it is there, remove" : "Remove")} it by hand: nobody needs it."));
        }
    }

    /// <summary>Removes the project itself.</summary>
    /// <returns>A proof that failed when something is still there; none when nothing is.</returns>
    public async Task<IReadOnlyList<ProofResult>> EndAsync()
    {
        // Also when making it failed: the answer alone may have been lost.
        if (made is not null) await RemoveAsync($"{Dss.Path("projects", key)}?clearManagedDatasets=true&clearOutputManagedFolders=true&clearJobAndScenarioLogs=true&wait=true");
        return left.IsEmpty ? [] : [new("the proofs leave nothing behind in DSS", ProofEnding.Failed, left.First().Summary, [.. left])];
    }

    private async Task MakeAsync(CancellationToken cancel) => await dss.PostAsync(
        "projects/",
        (JsonObject)Json.Of(new { projectKey = key, name = "Proof of DssPipeline, removed when it ends", owner = manifest.Projects.Select(project => project.Owner).FirstOrDefault("admin"), settings = (object?)null, description = (object?)null, permissions = Array.Empty<object>(), tags = Array.Empty<object>() }),
        cancel);
}
