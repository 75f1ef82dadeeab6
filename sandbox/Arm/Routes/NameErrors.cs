namespace DssPipeline.Sandbox;

/// <summary>How each provider says that a name breaks its rule.</summary>
internal static class NameErrors
{
    public static ArmError Of(ArmContract contract, string name) => contract.Type switch
    {
        "Microsoft.Resources/resourceGroups" => new(400, "InvalidResourceGroup", $"The provided resource group name '{name}' has these invalid characters or an invalid end. The name can only be a letter, digit, '-', '.', '(', ')' or '_'.") { FromGateway = true },
        "Microsoft.Storage/storageAccounts" => new(400, "AccountNameInvalid", $"{name} is not a valid storage account name. Storage account name must be between 3 and 24 characters in length and use numbers and lower-case letters only."),
        "Microsoft.Storage/storageAccounts/blobServices/containers" => new(400, "InvalidResourceName", "The specified resource name contains invalid characters."),
        "Microsoft.KeyVault/vaults" => new(400, "VaultNameNotValid", $"The vault name '{name}' is invalid. A vault's name must be between 3-24 alphanumeric characters. The name must begin with a letter, end with a letter or digit, and not contain consecutive hyphens."),
        "Microsoft.Authorization/roleAssignments" => new(400, "InvalidRoleAssignmentId", $"The role assignment ID '{name}' is not valid. The role assignment ID must be a GUID."),
        "Microsoft.ContainerService/managedClusters" or "Microsoft.ContainerService/managedClusters/agentPools" => new(400, "InvalidParameter", $"The value of parameter {contract.ShortType.Split('/')[^1]}.name is invalid. Error details: the name '{name}' does not match the pattern '{contract.Rules.Name}'.") { Target = "name" },
        var type when type.StartsWith("Microsoft.Network/", StringComparison.Ordinal) => new(400, "InvalidResourceName", $"Resource name {name} is invalid. The name can be up to 80 characters long. It must begin with a word character, and it must end with a word character or with '_'. The name may contain word characters or '.', '-', '_'."),
        var type when type.StartsWith("Microsoft.Compute/", StringComparison.Ordinal) => new(400, "InvalidParameter", $"The entity name '{name}' is invalid according to its validation rule: {contract.Rules.Name}.") { Target = "name" },
        _ => new(400, "InvalidResourceName", $"The name '{name}' does not match the pattern '{contract.Rules.Name}'."),
    };
}
