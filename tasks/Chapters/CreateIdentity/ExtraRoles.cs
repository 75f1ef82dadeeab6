using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>Finds roles inside the group that somebody gave to the principals of this deployment and that the manifest does not give them. Roles of others are theirs.</summary>
public sealed class ExtraRoles(Arm arm, Manifest manifest) : LeftoverSearch
{
    private readonly string group = manifest.Names.ResourceGroup.Path;

    public override async Task<IReadOnlyList<Resource>> FindAsync(IReadOnlySet<ResourceId> declared, CancellationToken cancel)
    {
        var assignments = arm.ObserveBesideAsync(new ArmAddress($"{group}/providers/Microsoft.Authorization/roleAssignments/any", RoleAssignment.ApiVersion), cancel);
        var ours = await OursAsync(cancel);
        var caller = await arm.CallerAsync(cancel);
        return [.. (await assignments)
            .Where(assignment => IsInside(assignment) && !IsOf(assignment, caller))
            .Select(assignment => (assignment, name: NameOf(assignment, ours)))
            .Where(found => found.name is not null)
            .Select(found => new ExtraRole(arm, manifest, found.assignment, found.name!))
            .Where(extra => !declared.Contains(extra.Id))
            .DistinctBy(extra => extra.Id)];
    }

    /// <summary>Object ids of our principals, with the names people know them by.</summary>
    private async Task<IReadOnlyDictionary<string, string>> OursAsync(CancellationToken cancel)
    {
        var who = new Principals(manifest);
        var ours = who.Identities.Select(Principal.Of).Append(who.Dss).Distinct().Where(principal => !IsDeployer(principal));
        var found = await Task.WhenAll(ours.Select(async principal => (principal.Name, Id: await principal.FindAsync(arm, cancel))));
        return found.Where(principal => principal.Id is not null).ToDictionary(principal => principal.Id!, principal => principal.Name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Whoever runs the pipeline needs roles that no manifest names; taking them away would cut off the branch it sits on. Today's run may be somebody else's.</summary>
    private bool IsDeployer(Principal principal) =>
        principal.Identity is null
        && (principal.Name == manifest.Identity.DeployerObjectId || (manifest.Azure.SignIn.ClientId is { } client && client == manifest.Identity.ServicePrincipal?.ClientId));

    private static bool IsOf(JsonNode assignment, string? principal) =>
        principal is not null && principal.Equals(Pointer.At(assignment, "/properties/principalId")?.ToString(), StringComparison.OrdinalIgnoreCase);

    private bool IsInside(JsonNode assignment) =>
        Pointer.At(assignment, "/properties/scope")?.ToString() is { } scope
        && (scope.Equals(group, StringComparison.OrdinalIgnoreCase) || scope.StartsWith(group + "/", StringComparison.OrdinalIgnoreCase));

    /// <summary>The name of one of our principals, or of one that was ours when the role was given.</summary>
    private string? NameOf(JsonNode assignment, IReadOnlyDictionary<string, string> ours) =>
        ours.GetValueOrDefault(Pointer.At(assignment, "/properties/principalId")?.ToString() ?? "") ?? RoleMark.PrincipalIn(assignment, manifest);
}
