using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>A role given to a principal at a scope. Azure lets nothing of it change; who holds the same role already holds it, whatever the assignment is called.</summary>
public sealed class RoleAssignment(Arm arm, Manifest manifest, Grant grant)
    : AzureResource(arm, grant.Name, ApiVersion, grant.IsInside(manifest) ? grant.Scope : null)
{
    public const string ApiVersion = "2022-04-01";

    private const string Role = "/properties/roleDefinitionId";

    /// <summary>The scope of somebody else has to be there as well, but its being another's does not make the grant another's.</summary>
    public override IReadOnlyList<ResourceId> After => [grant.Scope.Id, manifest.Names.ResourceGroup.Id];

    /// <summary>A grant is made again in a second, and nothing is lost with it.</summary>
    public override bool NeedsPermission => false;

    public override Comparison Comparison => base.Comparison with
    {
        Folded = [.. base.Comparison.Folded, "/properties/principalId", "/properties/principalType"],
        Fixed = ["/properties/principalId", "/properties/principalType", Role],
    };

    protected override JsonNode Wish => Json.Of(new
    {
        properties = new
        {
            principalId = grant.Principal.ObjectId,
            principalType = grant.Principal.Type,
            roleDefinitionId = Roles.DefinitionId(manifest.Azure.Subscription, grant.Role),
        },
    });

    public override bool IsOurs(JsonNode observed) => RoleMark.PrincipalIn(observed, manifest) is not null;

    protected override async Task<JsonNode?> LookAsync(CancellationToken cancel) =>
        await base.LookAsync(cancel) ?? await TwinAsync(cancel);

    /// <summary>Azure spells the role with a subscription before it or without; only its guid counts.</summary>
    protected override JsonNode Seen(JsonNode observed)
    {
        var wished = Roles.DefinitionId(manifest.Azure.Subscription, grant.Role);
        if (Last(Pointer.At(observed, Role)) == Last(wished)) observed["properties"]!["roleDefinitionId"] = wished;
        return observed;
    }

    protected override JsonObject Body(JsonObject wish, JsonNode? observed)
    {
        var body = base.Body(wish, observed);
        body["properties"]!["description"] = RoleMark.Of(manifest, grant.Principal);
        return body;
    }

    /// <summary>The same role at the same scope for the same principal, given under another name.</summary>
    private async Task<JsonNode?> TwinAsync(CancellationToken cancel)
    {
        if (await grant.Principal.FindAsync(Arm, cancel) is not { } principal) return null;

        // The shared list may still hold the assignment itself, after it was removed.
        var all = await Arm.ObserveBesideAsync(Address, cancel);
        return all.FirstOrDefault(other =>
            !Is(other, "/id", Address.Id)
            && Is(other, "/properties/principalId", principal)
            && Is(other, "/properties/scope", grant.Scope.Path)
            && Last(Pointer.At(other, Role)) == Last(Roles.DefinitionId(manifest.Azure.Subscription, grant.Role)));
    }

    private static bool Is(JsonNode node, string path, string text) => string.Equals(Pointer.At(node, path)?.ToString(), text, StringComparison.OrdinalIgnoreCase);

    private static string? Last(JsonNode? id) => id?.ToString().Split('/')[^1].ToLowerInvariant();
}
