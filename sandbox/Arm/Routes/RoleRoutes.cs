using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DssPipeline.Sandbox;

/// <summary>Lists of role assignments, role definitions and locks: they follow scopes, not parents.</summary>
internal sealed partial class RoleRoutes(ArmWorld world)
{
    private const string DefinitionType = "Microsoft.Authorization/roleDefinitions";

    public ArmAnswer Assignments(ArmRequest request)
    {
        var (scope, filter) = (Scope(request), request.Query["$filter"].ToString());
        var principal = Principal().Match(filter) is { Success: true } found ? found.Groups["id"].Value : null;
        if (filter.Length > 0 && principal is null && !IsAtScope(filter)) throw BadFilter(filter);

        return List(request, world.Of("Microsoft.Authorization/roleAssignments").Where(record =>
            (principal is null || principal.Equals(Dotted.Text(record.Document, "properties.principalId"), StringComparison.OrdinalIgnoreCase)) &&
            ((filter.Length > 0 && scope.IsWithin(record.Id.Parent!)) || (!IsAtScope(filter) && record.Id.Parent!.IsWithin(scope)))));
    }

    public ArmAnswer Definitions(ArmRequest request, ArmId? scope)
    {
        var filter = request.Query["$filter"].ToString();
        var name = Named().Match(filter) is { Success: true } named ? named.Groups["name"].Value : null;
        var kind = Kind().Match(filter) is { Success: true } kinds ? kinds.Groups["kind"].Value : null;
        var all = BuiltInRoles.All.Select(role => (role.Guid, Document: BuiltInRoles.Show(role, scope)))
            .Concat(world.Of(DefinitionType).Select(record => (Guid: record.Id.Name, Document: Views.Show(world, record, request))));
        return Pages.Of(world, request, [.. all
            .Where(role => name is null || name.Equals(Dotted.Text(role.Document, "properties.roleName"), StringComparison.OrdinalIgnoreCase))
            .Where(role => kind is null || kind.Equals(Dotted.Text(role.Document, "properties.type"), StringComparison.OrdinalIgnoreCase))
            .Select(role => (role.Guid, (Func<JsonNode>)(() => role.Document)))]);
    }

    public ArmAnswer LocksAt(ArmRequest request)
    {
        var scope = Scope(request);
        var atScope = IsAtScope(request.Query["$filter"].ToString());
        return List(request, world.Of(Locks.Type).Where(record => atScope ? scope.IsWithin(record.Id.Parent!) : record.Id.Parent!.IsWithin(scope)));
    }

    public static JsonObject? BuiltIn(ArmId id) =>
        id.Type.Equals(DefinitionType, StringComparison.OrdinalIgnoreCase) && BuiltInRoles.Find(id.Name) is { } role ? BuiltInRoles.Show(role, id.Parent) : null;

    private ArmAnswer List(ArmRequest request, IEnumerable<ArmRecord> records) =>
        Pages.Of(world, request, [.. records.ToList().Select(record => (record.Id.Key, (Func<JsonNode>)(() => Views.Show(world, record, request))))]);

    private ArmId Scope(ArmRequest request)
    {
        var contract = ContractCatalog.Find("Microsoft.Authorization/" + request.Rest[^1])!;
        Precautions.NeedVersion(request, contract, null);
        var scope = request.Id!;
        Precautions.NeedGroup(world, scope, toWrite: false);
        if (ContractCatalog.Find(scope.Type) is { } kind && world.Look(scope.Text) is null) throw Precautions.NotFound(kind, scope);
        return scope;
    }

    private static bool IsAtScope(string filter) => filter.Contains("atScope()", StringComparison.OrdinalIgnoreCase);

    private static ArmError BadFilter(string filter) => new(400, "UnsupportedFilter", $"The filter '{filter}' is not supported. Supported filters are atScope(), principalId eq '{{value}}' and assignedTo('{{value}}').");

    [GeneratedRegex(@"(principalId\s+eq\s+|assignedTo\()\s*'?\{?(?<id>[0-9a-f-]{36})\}?'?", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 200)]
    private static partial Regex Principal();

    [GeneratedRegex(@"roleName\s+eq\s+'(?<name>[^']*)'", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 200)]
    private static partial Regex Named();

    [GeneratedRegex(@"type\s+eq\s+'(?<kind>[^']*)'", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 200)]
    private static partial Regex Kind();
}
