using System.Diagnostics;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>One promise, and how it is proven. A proof leaves nothing behind.</summary>
/// <param name="promise">What is promised, as a sentence without its full stop.</param>
public abstract class Proof(string promise)
{
    public string Promise => promise;

    /// <summary>Proves it; what goes wrong is a proof that failed, and ends no other.</summary>
    public async Task<ProofResult> TryAsync(CancellationToken cancel)
    {
        var began = Stopwatch.GetTimestamp();
        var result = await GuardedAsync(cancel);
        return result with { Took = Stopwatch.GetElapsedTime(began) };
    }

    protected abstract Task<ProofResult> ProveAsync(CancellationToken cancel);

    /// <param name="evidence">What was seen.</param>
    protected ProofResult Proven(string evidence) => new(promise, ProofEnding.Proven, evidence, []);

    /// <param name="why">Why nobody can tell whether it is so.</param>
    protected ProofResult NotProven(string why) => new(promise, ProofEnding.NotProven, why, []);

    protected ProofResult Failed(params IReadOnlyList<Problem> problems) => new(promise, ProofEnding.Failed, problems[0].Summary, problems);

    /// <param name="detail">What is so instead, and what to do.</param>
    protected ProofResult Failed(string detail) => Failed(new Problem("Promise is not kept", detail));

    private async Task<ProofResult> GuardedAsync(CancellationToken cancel)
    {
        try
        {
            return await ProveAsync(cancel);
        }
        catch (ProblemException failure)
        {
            return Failed(failure.Problems);
        }
        catch (Exception failure) when (!cancel.IsCancellationRequested)
        {
            return Failed(new Problem("Unexpected failure", $"That {promise} could not be tried. {failure.GetType().Name}: {failure.Message}"));
        }
    }
}
