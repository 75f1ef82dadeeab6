using System.Text.Json.Nodes;

namespace DssPipeline.Convergence;

/// <summary>What a look at one resource gave.</summary>
/// <param name="Observed">What is there; null when nothing is, or when it could not be told.</param>
internal sealed record Sight(Resource Resource, JsonNode? Observed, IReadOnlyList<Problem> Problems);
