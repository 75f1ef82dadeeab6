using System.Text;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>Proofs as people read them in a terminal.</summary>
public sealed class ProofsText(Style style)
{
    public string Of(string deployment, IReadOnlyList<ProofResult> results)
    {
        var text = new StringBuilder();
        foreach (var result in results) text.Append($"  {Sign(result.Ending)} {result.Promise}{style.Faint($"  {Duration.Text(result.Took)}")}\n      {Said(result)}\n");
        foreach (var problem in results.SelectMany(result => result.Problems).Distinct()) text.Append($"\n{new ProblemText(style).Of(problem).TrimEnd()}\n");
        return text.Append($"\n{Sum(deployment, results)}").ToString();
    }

    /// <summary>The answer in one line.</summary>
    public static string Sum(string deployment, IReadOnlyList<ProofResult> results)
    {
        var (proven, open, failed) = (Count(results, ProofEnding.Proven), Count(results, ProofEnding.NotProven), Count(results, ProofEnding.Failed));
        return (failed, open) switch
        {
            ( > 0, _) => $"Not proven to work: {deployment} has {failed} of {results.Count} proofs failed, {proven} proven, {open} that could not be tried.",
            (_, > 0) => $"Proven as far as can be told: {deployment} has {proven} of {results.Count} proofs, and {open} that could not be tried, as they say.",
            _ => $"Proven: {deployment} has {proven} of {results.Count} proofs.",
        };
    }

    private static int Count(IReadOnlyList<ProofResult> results, ProofEnding ending) => results.Count(result => result.Ending == ending);

    private static string Said(ProofResult result) => result.Ending is ProofEnding.NotProven ? $"not proven: {result.Evidence}" : result.Evidence;

    private string Sign(ProofEnding ending) => ending switch
    {
        ProofEnding.Proven => style.Good("✓"),
        ProofEnding.NotProven => "?",
        _ => style.Bad("×"),
    };
}
