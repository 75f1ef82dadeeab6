namespace DssPipeline.Convergence;

/// <summary>What one task wishes for, under the name that people read.</summary>
public sealed record Part(string Name, string Description, IReadOnlyList<Resource> Resources, IReadOnlyList<LeftoverSearch> Searches);
