using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Says whether Azure would take a request's body.</summary>
public static class ContractValidator
{
    /// <summary>The offences of a PUT's body; none for an unknown type is not an answer, so that throws.</summary>
    public static IReadOnlyList<ContractProblem> Validate(string type, string apiVersion, JsonNode body)
    {
        var contract = ContractCatalog.Find(type) ?? throw new ArgumentException($"There is no contract for {type}", nameof(type));
        if (!contract.Versions.Contains(apiVersion, StringComparer.Ordinal)) throw new ArgumentException($"{type} is not served under {apiVersion}, only under {string.Join(", ", contract.Versions)}", nameof(apiVersion));

        var visit = new ContractVisit(ContractUse.Put);
        visit.Body(contract, body);
        return visit.Problems;
    }

    /// <summary>The offences of an answer's body: members the contract does not know, values of another type.</summary>
    public static IReadOnlyList<ContractProblem> ValidateAnswer(string type, JsonNode body)
    {
        var contract = ContractCatalog.Find(type) ?? throw new ArgumentException($"There is no contract for {type}", nameof(type));

        var visit = new ContractVisit(ContractUse.Answer);
        visit.Body(contract, body);
        return visit.Problems;
    }
}
