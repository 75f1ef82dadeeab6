using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters.Tests;

/// <summary>The few values that Azure adds and the chapters need.</summary>
internal static class ServiceValues
{
    public static JsonObject Fill(string path, JsonObject body)
    {
        if (body["properties"] is not JsonObject properties) body["properties"] = properties = [];
        switch (body["type"]!.ToString())
        {
            case "Microsoft.ManagedIdentity/userAssignedIdentities":
                properties["principalId"] ??= PrincipalOf(path);
                properties["clientId"] ??= PrincipalOf(path + "/client");
                break;
            case "Microsoft.ContainerRegistry/registries":
                properties["loginServer"] ??= $"{body["name"]}.azurecr.io".ToLowerInvariant();
                break;
            case "Microsoft.Authorization/roleAssignments":
                properties["scope"] = path[..path.IndexOf("/providers/Microsoft.Authorization", StringComparison.OrdinalIgnoreCase)];
                break;
            case "Microsoft.Compute/virtualMachines":
                properties["instanceView"] ??= Json.Of(new { statuses = new[] { new { code = "PowerState/running" } } });
                break;
            case "Microsoft.ContainerService/managedClusters":
                properties["powerState"] ??= new JsonObject { ["code"] = "Running" };
                properties["currentKubernetesVersion"] ??= properties["kubernetesVersion"]?.DeepClone();
                break;
            case "Microsoft.Network/privateEndpoints":
                foreach (var connection in Pointer.At(body, "/properties/privateLinkServiceConnections") as JsonArray ?? [])
                {
                    connection!["properties"]!["privateLinkServiceConnectionState"] ??= new JsonObject { ["status"] = "Approved" };
                }

                break;
        }

        return body;
    }

    /// <summary>The object id of a managed identity in a case.</summary>
    public static string PrincipalOf(string path) =>
        new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(path.ToUpperInvariant())).AsSpan(0, 16)).ToString();
}
