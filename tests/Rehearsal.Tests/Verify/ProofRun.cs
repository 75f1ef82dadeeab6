using DssPipeline.Chapters;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>A run of the target Verify, and what it left.</summary>
public sealed record ProofRun
{
    public required ExitCode Exit { get; init; }

    /// <summary>What ended it before it had told anything; null when nothing did.</summary>
    public required Exception? Ended { get; init; }

    public required string Told { get; init; }

    /// <summary>What <c>proofs.json</c> says.</summary>
    public required IReadOnlyList<ToldProof> Proofs { get; init; }

    /// <summary>Every request that was made meanwhile, DSS's own to Azure included.</summary>
    public required IReadOnlyList<string> Asked { get; init; }

    /// <summary>What is still there of what the proofs made.</summary>
    public required IReadOnlyList<string> Left { get; init; }
}

/// <summary>One proof as a program reads it.</summary>
public sealed record ToldProof(string Promise, string Ending, string Evidence, IReadOnlyList<ToldProblem>? Problems)
{
    public string Words => string.Join('\n', (Problems ?? []).Select(problem => $"{problem.Summary}: {problem.Detail}"));
}

/// <summary>One problem as a program reads it.</summary>
public sealed record ToldProblem(string Summary, string Detail);
