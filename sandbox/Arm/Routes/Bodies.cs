using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Reads a request's body as the contract takes it.</summary>
internal static class Bodies
{
    public static JsonObject Read(ArmContract contract, ArmRequest request, ContractUse use)
    {
        if (request.Body is null) throw BodyErrors.NotJson("The request body is empty");
        var visit = new ContractVisit(use);
        var wish = visit.Body(contract, request.Body);
        return visit.Problems.Count == 0 ? wish : throw BodyErrors.Of(contract, visit.Problems);
    }

    public static JsonObject Patch(ArmContract contract, ArmRequest request, bool tagsOnly)
    {
        var body = Read(contract, request, ContractUse.Patch);
        if (tagsOnly && body.FirstOrDefault(member => member.Key != "tags") is { Key: { } other }) throw new ArmError(400, "InvalidRequestFormat", $"Only tags can be patched on {contract.Type}, not '{other}'.") { Target = other };
        return body;
    }

    /// <summary>What is there, as it could be sent, with the patch laid over it.</summary>
    public static JsonObject Patched(ArmContract contract, ArmRecord existing, JsonObject patch)
    {
        var wish = new ContractVisit(ContractUse.Patch).Body(contract, existing.Document);
        Lay(patch, wish);
        return wish;
    }

    /// <summary>Null takes away, an object is laid over an object, all else replaces.</summary>
    public static void Lay(JsonObject patch, JsonObject onto)
    {
        foreach (var (name, value) in patch)
        {
            if (value is null) onto.Remove(name);
            else if (value is JsonObject members && onto[name] is JsonObject below) Lay(members, below);
            else onto[name] = value.DeepClone();
        }
    }
}
