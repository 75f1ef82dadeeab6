using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>What the machine answered to one job: what is there now, and secrets that only this run can open.</summary>
/// <param name="Fact">Null when the thing is absent.</param>
/// <param name="Secrets">Told with <c>tell_secret</c>, sealed on the machine for the key of this run.</param>
public sealed record JobAnswer(JsonObject? Fact, IReadOnlyDictionary<string, Secret> Secrets)
{
    internal static JobAnswer Absent { get; } = new(null, new Dictionary<string, Secret>(StringComparer.Ordinal));
}
