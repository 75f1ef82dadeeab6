using System.Collections.Frozen;

namespace DssPipeline.Planes;

/// <summary>Azure's built-in roles by the names people know them by.</summary>
public static class Roles
{
    private static readonly FrozenDictionary<string, string> Guids = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["Owner"] = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
        ["Contributor"] = "b24988ac-6180-42a0-ab88-20f7382dd24c",
        ["Reader"] = "acdd72a7-3385-48ef-bd42-f606fba81ae7",
        ["User Access Administrator"] = "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9",
        ["Role Based Access Control Administrator"] = "f58310d9-a9f6-439a-9e8d-f62e7b41a168",
        ["AcrPull"] = "7f951dda-4ed3-4680-a7ca-43fe172d538d",
        ["AcrPush"] = "8311e382-0749-4cb8-b61a-304f252e45ec",
        ["AcrDelete"] = "c2f4ef07-c644-48eb-af81-4b1b4947fb11",
        ["Container Registry Repository Reader"] = "b93aa761-3e63-49ed-ac28-beffa264f7ac",
        ["Container Registry Repository Writer"] = "2a1e307c-b015-4ebd-883e-5b7698a07328",
        ["Network Contributor"] = "4d97b98b-1d4f-4787-a291-c67834d212e7",
        ["Private DNS Zone Contributor"] = "b12aa53e-6015-4669-85d0-8515ebb3ae7f",
        ["Storage Blob Data Owner"] = "b7e6dc6d-f1e8-4753-8033-0f276bb0955b",
        ["Storage Blob Data Contributor"] = "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
        ["Storage Blob Data Reader"] = "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
        ["Storage Blob Delegator"] = "db58b8e5-c6ad-4a2a-8342-4190687cbf4a",
        ["Storage Account Contributor"] = "17d1049b-9a84-46fb-8f53-869881c3d3ab",
        ["Azure Kubernetes Service Cluster Admin Role"] = "0ab0b1a8-8aac-4efd-b8c2-3ee1fb270be8",
        ["Azure Kubernetes Service Cluster User Role"] = "4abbcc35-e782-43d8-92c5-2d3f1bd2253f",
        ["Azure Kubernetes Service Contributor Role"] = "ed7f3fbd-7b88-4dd4-9017-9adb7ce333f8",
        ["Azure Kubernetes Service RBAC Cluster Admin"] = "b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b",
        ["Azure Kubernetes Service RBAC Admin"] = "3498e952-d568-435e-9b2c-8d77e338d7f7",
        ["Azure Kubernetes Service RBAC Writer"] = "a7ffa36f-339b-4b5c-8bdf-e2c188b2c0eb",
        ["Azure Kubernetes Service RBAC Reader"] = "7f6c6a51-bcf8-42ba-9220-52d62157d7db",
        ["Managed Identity Operator"] = "f1a07417-d97a-45cb-824c-7a7467783830",
        ["Managed Identity Contributor"] = "e40ec5ca-96e0-45a2-b4ff-59039f2c2b59",
        ["Key Vault Administrator"] = "00482a5a-887f-4fb3-b363-3b7fe8e74483",
        ["Key Vault Secrets Officer"] = "b86a8fe4-44ce-4948-aee5-eccb2c155cd7",
        ["Key Vault Secrets User"] = "4633458b-17de-408a-b874-0445c86b69e6",
        ["Key Vault Contributor"] = "f25e0fa2-a7c8-4377-a976-54943a77a395",
        ["Virtual Machine Contributor"] = "9980e02c-c2be-4d73-94e8-173b1dc7cf3c",
        ["Virtual Machine Administrator Login"] = "1c0163c0-47e6-4577-8991-ea5c82e286e4",
        ["Virtual Machine User Login"] = "fb879df8-f326-4884-b1cf-06f3ad86be52",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The names that <see cref="Guid"/> knows, for messages that list the right ones.</summary>
    public static IEnumerable<string> Names => Guids.Keys.Order(StringComparer.Ordinal);

    /// <summary>The role's guid; a guid is handed back as it is; null for a name nobody knows.</summary>
    public static string? Guid(string role) =>
        System.Guid.TryParse(role, out var guid) ? guid.ToString() : Guids.GetValueOrDefault(role);

    /// <summary>The id of the role's definition as Azure spells it.</summary>
    public static string DefinitionId(string subscription, string role) =>
        $"/subscriptions/{subscription}/providers/Microsoft.Authorization/roleDefinitions/{Guid(role) ?? role}";
}
