using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>The role assignments that the plugin makes for identities that AKS makes, and the trial before.</summary>
internal sealed class AksRoles(AzureManagement arm, string subscription)
{
    public const string AcrPull = "7f951dda-4ed3-4680-a7ca-43fe172d538d";
    public const string Contributor = "b24988ac-6180-42a0-ab88-20f7382dd24c";
    private const string Version = "2022-04-01";

    private static readonly string Nobody = Guid.Empty.ToString();

    /// <summary>Tries whether roles may be given at a scope: Azure says of nobody that it does not know it, if so.</summary>
    public async Task TryAsync(string scope, string role, string what, CancellationToken cancel)
    {
        try
        {
            await GiveAsync(scope, role, Nobody, cancel);
        }
        catch (PythonError error) when (error.Code == "PrincipalNotFound")
        {
            // So it may.
        }
        catch (PythonError error) when (error.Code == "AuthorizationFailed")
        {
            throw PythonError.Plain($"Cannot create role assignments on {what}. Check that your identity or service principal has the appropriate permissions.");
        }
    }

    /// <summary>Gives a role and tells the id of the assignment.</summary>
    public async Task<JsonObject> GiveAsync(string scope, string role, string principal, CancellationToken cancel)
    {
        var id = $"{scope}/providers/Microsoft.Authorization/roleAssignments/{Guid.NewGuid()}";
        return PythonModel.FromArm(await arm.PutAsync(id, Version, new JsonObject
        {
            ["properties"] = new JsonObject { ["roleDefinitionId"] = $"/subscriptions/{subscription}/providers/Microsoft.Authorization/roleDefinitions/{role}", ["principalId"] = principal },
        }, cancel));
    }

    public Task TakeAsync(string id, CancellationToken cancel) => arm.DeleteAsync(id, Version, cancel);
}
