using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DssPipeline.Sandbox;

/// <summary>Lists across types: the groups of the subscription, the resources of a group or of all groups.</summary>
internal sealed partial class Inventory(ArmWorld world)
{
    private static readonly string[] Shown = ["id", "name", "type", "kind", "location", "sku", "plan", "identity", "managedBy", "zones", "tags"];

    public ArmAnswer Groups(ArmRequest request)
    {
        var filter = Filter(request);
        var groups = world.Of(Sandbox.Groups.Type).Where(record => Matches(record, filter)).Select(record => world.Look(record.Id.Text)).OfType<ArmRecord>();
        return Pages.Of(world, request, [.. groups.Select(record => (record.Id.Key, (Func<JsonNode>)(() => Views.Show(world, record, request))))]);
    }

    public ArmAnswer Resources(ArmRequest request)
    {
        Precautions.NeedVersion(request);
        var scope = request.Id!;
        if (scope.Type == Sandbox.Groups.Type && world.Look(scope.Text) is null) throw Sandbox.Groups.NotFound(scope.Name);

        var filter = Filter(request);
        var hidesTags = filter.Any(clause => clause.Field is "tagname" or "tagvalue");
        var found = world.Store.Records.Where(record => record.Id.IsWithin(scope) && ContractCatalog.Find(record.Id.Type)?.IsTracked == true && Matches(record, filter)).ToList();
        var seen = found.Select(record => world.Look(record.Id.Text)).OfType<ArmRecord>();
        return Pages.Of(world, request, [.. seen.Select(record => (record.Id.Key, (Func<JsonNode>)(() => Short(record, request, hidesTags))))]);
    }

    private JsonObject Short(ArmRecord record, ArmRequest request, bool hidesTags)
    {
        var whole = Views.Show(world, record, request);
        var result = new JsonObject();
        foreach (var name in Shown.Where(name => whole[name] is not null && !(hidesTags && name == "tags"))) result[name] = whole[name]!.DeepClone();
        if (request.Expands("createdTime")) result["createdTime"] = Dotted.Text(whole, "systemData.createdAt") ?? Dotted.Text(whole, "properties.creationTime") ?? world.Timestamp;
        if (request.Expands("changedTime")) result["changedTime"] = Dotted.Text(whole, "systemData.lastModifiedAt") ?? world.Timestamp;
        if (request.Expands("provisioningState")) result["provisioningState"] = record.State ?? "Succeeded";
        return result;
    }

    private static bool Matches(ArmRecord record, List<(string Field, string Value)> filter)
    {
        var name = filter.FirstOrDefault(clause => clause.Field == "tagname").Value;
        return filter.TrueForAll(clause => clause.Field switch
        {
            "resourcetype" => Is(record.Id.Type, clause.Value),
            "name" => Is(record.Id.Name, clause.Value),
            "resourcegroup" => Is(record.Id.Group, clause.Value),
            "location" => Dotted.Text(record.Document, "location") == Regions.Plain(clause.Value),
            "tagname" => TagRules.Find(record.Document, clause.Value) is not null,
            "tagvalue" => name is not null && TagRules.Find(record.Document, name) == clause.Value,
            _ => throw new ArmError(400, "InvalidFilterInQueryString", $"Invalid $filter '{clause.Field}' specified in the query string.") { FromGateway = true },
        });
    }

    private static List<(string Field, string Value)> Filter(ArmRequest request)
    {
        var filter = request.Query["$filter"].ToString();
        var clauses = Clause().Matches(filter);
        var rest = And().Replace(Clause().Replace(filter, ""), "").Trim();
        if (rest.Length > 0) throw new ArmError(400, "InvalidFilterInQueryString", $"Invalid $filter '{filter}' specified in the query string.") { FromGateway = true };
        return [.. clauses.Select(match => (match.Groups["field"].Value.ToLowerInvariant(), match.Groups["value"].Value.Replace("''", "'", StringComparison.Ordinal)))];
    }

    private static bool Is(string? left, string right) => right.Equals(left, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"(?<field>\w+)\s+eq\s+'(?<value>([^']|'')*)'", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 200)]
    private static partial Regex Clause();

    [GeneratedRegex(@"\band\b", RegexOptions.IgnoreCase, 200)]
    private static partial Regex And();
}
