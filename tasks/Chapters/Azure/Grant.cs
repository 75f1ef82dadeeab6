using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>One role of one principal at one scope.</summary>
/// <param name="Role">Name of a built-in role, or the guid of a role definition.</param>
/// <param name="Scope">What the role is for.</param>
public sealed record Grant(Principal Principal, string Role, AzureName Scope)
{
    private const string Providers = "/providers/";
    private const string Extension = "/providers/Microsoft.Authorization/roleAssignments/";

    /// <summary>Its computed name: the same on every run, also when the principal is made anew.</summary>
    public AzureName Name => new(
        IdOf(Scope.Path, Principal.Name, Role),
        "Microsoft.Authorization/roleAssignments",
        Scope.Path + Extension + RoleAssignmentName.Of(Scope.Path, Principal.Key, Roles.Guid(Role) ?? Role));

    /// <summary>Whether its scope is in the resource group of the deployment.</summary>
    public bool IsInside(Manifest manifest) =>
        $"{Scope.Path}/".StartsWith($"{manifest.Names.ResourceGroup.Path}/", StringComparison.OrdinalIgnoreCase);

    /// <summary>What people read: scope, principal, role. Computed alike for what is declared and what is found.</summary>
    public static ResourceId IdOf(string scope, string principal, string role) =>
        new("azure", "roleAssignment", $"{ScopeName(scope)}/{principal}/{RoleName(role)}");

    /// <summary>Names along the path of a scope, without its types: <c>rg-demo</c>, <c>vnet-demo/snet-aks</c>.</summary>
    public static string ScopeName(string scope)
    {
        var border = scope.LastIndexOf(Providers, StringComparison.OrdinalIgnoreCase);
        return border < 0
            ? scope[(scope.LastIndexOf('/') + 1)..]
            : string.Join('/', scope[(border + Providers.Length)..].Split('/').Where((name, index) => index > 0 && index % 2 == 0 && name != "default"));
    }

    /// <summary>The role by its name, without blanks; by its guid when it is none of Azure's own.</summary>
    public static string RoleName(string role) =>
        (Roles.Names.FirstOrDefault(name => Roles.Guid(name) == Roles.Guid(role)) ?? role).Replace(" ", "", StringComparison.Ordinal);
}
