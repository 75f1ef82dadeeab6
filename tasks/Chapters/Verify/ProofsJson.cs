using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>Proofs as JSON, for programs; described in docs/plan-json.md.</summary>
public static class ProofsJson
{
    public static JsonObject Of(string deployment, IReadOnlyList<ProofResult> results) => new()
    {
        ["formatVersion"] = PlanJson.FormatVersion,
        ["deployment"] = deployment,
        ["counts"] = new JsonObject(Enum.GetValues<ProofEnding>().Select(ending => KeyValuePair.Create(KeyShape.Camel($"{ending}"), (JsonNode?)results.Count(result => result.Ending == ending)))),
        ["proofs"] = new JsonArray([.. results.Select(Of)]),
    };

    private static JsonObject Of(ProofResult result)
    {
        var json = new JsonObject
        {
            ["promise"] = result.Promise,
            ["ending"] = KeyShape.Camel($"{result.Ending}"),
            ["evidence"] = result.Evidence,
            ["seconds"] = Math.Round(result.Took.TotalSeconds, 3),
        };
        if (result.Problems is not []) json["problems"] = new JsonArray([.. result.Problems.Select(problem => (JsonNode)PlanJson.Of(problem))]);
        return json;
    }
}
