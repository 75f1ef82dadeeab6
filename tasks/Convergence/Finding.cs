namespace DssPipeline.Convergence;

/// <summary>What the leftover searches of one part gave.</summary>
internal sealed record Finding(IReadOnlyList<Sight> Leftovers, IReadOnlyList<Problem> Problems);
