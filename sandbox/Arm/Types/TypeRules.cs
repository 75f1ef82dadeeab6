using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>What one resource type does that its contract cannot say.</summary>
internal class TypeRules
{
    private static readonly TypeRules Plain = new();

    private static readonly Dictionary<string, TypeRules> All = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Microsoft.Resources/resourceGroups"] = new GroupRules(),
        ["Microsoft.Authorization/roleAssignments"] = new RoleAssignmentRules(),
        ["Microsoft.Authorization/roleDefinitions"] = new RoleDefinitionRules(),
        ["Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials"] = new FederatedCredentialRules(),
        ["Microsoft.Network/virtualNetworks"] = new VirtualNetworkRules(),
        ["Microsoft.Network/virtualNetworks/subnets"] = new SubnetRules(),
        ["Microsoft.Network/networkSecurityGroups"] = new SecurityGroupRules(),
        ["Microsoft.Network/networkSecurityGroups/securityRules"] = new SecurityRuleRules(),
        ["Microsoft.Network/publicIPAddresses"] = new PublicAddressRules(),
        ["Microsoft.Network/networkInterfaces"] = new NetworkInterfaceRules(),
        ["Microsoft.Network/privateEndpoints"] = new PrivateEndpointRules(),
        ["Microsoft.Network/privateDnsZones"] = new DnsZoneRules(),
        ["Microsoft.Compute/disks"] = new DiskRules(),
        ["Microsoft.Compute/virtualMachines"] = new VirtualMachineRules(),
        ["Microsoft.Compute/virtualMachines/extensions"] = new GuestRules(),
        ["Microsoft.Compute/virtualMachines/runCommands"] = new GuestRules(),
        ["Microsoft.ContainerRegistry/registries"] = new RegistryRules(),
        ["Microsoft.Storage/storageAccounts"] = new StorageAccountRules(),
        ["Microsoft.Storage/storageAccounts/blobServices"] = new BlobServiceRules(),
        ["Microsoft.Storage/storageAccounts/blobServices/containers"] = new ContainerRules(),
        ["Microsoft.Storage/storageAccounts/managementPolicies"] = new ManagementPolicyRules(),
        ["Microsoft.KeyVault/vaults"] = new VaultRules(),
        ["Microsoft.KeyVault/vaults/secrets"] = new VaultSecretRules(),
        ["Microsoft.ContainerService/managedClusters"] = new ClusterRules(),
        ["Microsoft.ContainerService/managedClusters/agentPools"] = new AgentPoolRules(),
    };

    public static TypeRules Of(string type) => All.GetValueOrDefault(type, Plain);

    /// <summary>Refuses what this type refuses.</summary>
    public virtual void Check(Write write)
    {
    }

    /// <summary>How this type refuses to change what is fixed at birth.</summary>
    public virtual ArmError Immutable(Write write, string path) => path == "location"
        ? new(409, "InvalidResourceLocation", $"The resource '{write.Id.Name}' already exists in location '{Dotted.Text(write.Existing!.Document, "location")}' in resource group '{write.Id.Group}'. A resource with the same name cannot be created in location '{write.Text("location")}'. Please select a new resource name.") { FromGateway = true }
        : new(409, "PropertyChangeNotAllowed", $"Changing property '{(path.StartsWith("properties.", StringComparison.Ordinal) ? path[11..] : path)}' is not allowed.") { Target = path };

    /// <summary>How this very write answers and how long it takes.</summary>
    public virtual Exchange Pace(Write write, Exchange exchange) => exchange;

    /// <summary>Fills in what the service decides.</summary>
    public virtual void Fill(Write write)
    {
    }

    /// <summary>The write is kept; children and neighbours follow.</summary>
    public virtual void Saved(Write write)
    {
    }

    /// <summary>The operation of a write is over.</summary>
    public virtual void Done(ArmWorld world, ArmRecord record)
    {
    }

    /// <summary>The operation of an action is over.</summary>
    public virtual void Acted(ArmWorld world, ArmRecord record, string action)
    {
    }

    /// <summary>The work that an operation waits for, beyond its time, is still going on.</summary>
    public virtual bool Holds(ArmWorld world, ArmRecord record, string verb) => false;

    /// <summary>A long action begins.</summary>
    public virtual void Acting(ArmWorld world, ArmRecord record, string action, ArmRequest request)
    {
    }

    /// <summary>What the end of a long action answers; null: nothing.</summary>
    public virtual JsonNode? Outcome(ArmWorld world, ArmRecord record, string action) => null;

    /// <summary>Refuses to delete what is in use.</summary>
    public virtual void CheckDelete(ArmWorld world, ArmRecord record)
    {
    }

    /// <summary>The resource is about to leave the world, its children still there.</summary>
    public virtual void Leaving(ArmWorld world, ArmRecord record)
    {
    }

    /// <summary>The resource has just left the world.</summary>
    public virtual void Gone(ArmWorld world, ArmRecord record)
    {
    }

    /// <summary>Bends a copy of what is kept into what a reader sees.</summary>
    public virtual void Show(ArmWorld world, ArmRecord record, JsonObject copy, ArmRequest request)
    {
    }

    /// <summary>Does an action whose answer is final; null: this type cannot.</summary>
    public virtual ArmAnswer? Act(ArmWorld world, ArmRecord record, string action, ArmRequest request) => null;

    /// <summary>Refuses an action that runs long.</summary>
    public virtual void CheckAction(ArmWorld world, ArmRecord record, string action, ArmRequest request)
    {
    }

    /// <summary>Answers a read below the resource that is no resource itself.</summary>
    public virtual JsonNode? Read(ArmWorld world, ArmRecord record, string what, ArmRequest request) => null;
}
