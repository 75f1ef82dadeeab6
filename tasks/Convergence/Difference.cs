using System.Text.Json.Nodes;

namespace DssPipeline.Convergence;

/// <summary>One path at which the observed thing is not as wished.</summary>
/// <param name="Path">JSON pointer from the root of the wish.</param>
/// <param name="Before">Observed value, null when absent.</param>
/// <param name="After">Wished value; a reference while only a later step can know it.</param>
/// <param name="Fixed">The remote fixed this value at birth.</param>
/// <param name="Hidden">Neither value may be shown.</param>
public sealed record Difference(string Path, JsonNode? Before, JsonNode? After, bool Fixed = false, bool Hidden = false);
