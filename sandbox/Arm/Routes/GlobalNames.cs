using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Names that only one in the whole world can have.</summary>
internal static class GlobalNames
{
    public static bool IsTaken(ArmWorld world, string type, string name, ArmId? except) =>
        world.Options.TakenNames.Contains(name) || world.Of(type).Any(record => record.Id.Name.Equals(name, StringComparison.OrdinalIgnoreCase) && record.Id.Key != except?.Key);

    public static ArmAnswer Check(ArmWorld world, ArmRequest request, string space)
    {
        Precautions.NeedRegistration(world, request.Id!, space);
        var (name, type) = (Dotted.Text(request.Body, "name"), Dotted.Text(request.Body, "type"));
        if (ContractCatalog.Of(space).FirstOrDefault(contract => contract.Rules.Global) is not { } contract || name is null || !contract.Type.Equals(type, StringComparison.OrdinalIgnoreCase))
        {
            throw new ArmError(400, "InvalidValuesForRequestParameters", "Values for request parameters are invalid: name, type.");
        }

        if (contract.Rules.Name?.IsMatch(name) == false || (contract.Namespace == "Microsoft.ContainerRegistry" && !name.All(char.IsAsciiLetterOrDigit)))
        {
            return No(contract.Namespace == "Microsoft.Storage" ? "AccountNameInvalid" : "Invalid", NameErrors.Of(contract, name).Message);
        }

        if (IsTaken(world, contract.Type, name, null) || (contract.Namespace == "Microsoft.KeyVault" && DeletedVaults.Find(world, name) is not null)) return No("AlreadyExists", $"The name {name} is already in use.");
        return new(200, new JsonObject { ["nameAvailable"] = true });
    }

    private static ArmAnswer No(string reason, string message) => new(200, new JsonObject { ["nameAvailable"] = false, ["reason"] = reason, ["message"] = message });
}
