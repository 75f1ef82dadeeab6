using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>What became of one proof.</summary>
/// <param name="Evidence">What was seen; why nobody can tell; or, in a few words, what is wrong.</param>
/// <param name="Problems">What is wrong, in words for people; none unless it failed.</param>
public sealed record ProofResult(string Promise, ProofEnding Ending, string Evidence, IReadOnlyList<Problem> Problems)
{
    public TimeSpan Took { get; init; }
}

/// <summary>How a proof ended.</summary>
public enum ProofEnding
{
    Proven,

    /// <summary>Nobody can tell, for a reason that is told.</summary>
    NotProven,

    Failed,
}
