using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>One role that every tenant has.</summary>
internal sealed record BuiltInRole(string Guid, string Name, string[] Actions, string[] NotActions, string[] DataActions);

/// <summary>The roles that every tenant has, as far as deployments use them.</summary>
internal static class BuiltInRoles
{
    private static readonly Lazy<Dictionary<string, BuiltInRole>> Known = new(() => ContractCatalog.Resource("BuiltInRoles.txt")
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split('|'))
        .ToDictionary(cells => cells[0], cells => new BuiltInRole(cells[0], cells[1], Words(cells, 2), Words(cells, 3), Words(cells, 4)), StringComparer.OrdinalIgnoreCase));

    public static IEnumerable<BuiltInRole> All => Known.Value.Values;

    public static BuiltInRole? Find(string guid) => Known.Value.GetValueOrDefault(guid);

    public static JsonObject Show(BuiltInRole role, ArmId? scope) => new()
    {
        ["id"] = $"{(scope?.Subscription is { } subscription ? $"/subscriptions/{subscription}" : "")}/providers/Microsoft.Authorization/roleDefinitions/{role.Guid}",
        ["name"] = role.Guid,
        ["type"] = "Microsoft.Authorization/roleDefinitions",
        ["properties"] = new JsonObject
        {
            ["roleName"] = role.Name,
            ["type"] = "BuiltInRole",
            ["description"] = "",
            ["assignableScopes"] = new JsonArray("/"),
            ["permissions"] = new JsonArray(new JsonObject
            {
                ["actions"] = Array(role.Actions),
                ["notActions"] = Array(role.NotActions),
                ["dataActions"] = Array(role.DataActions),
                ["notDataActions"] = new JsonArray(),
            }),
        },
    };

    private static JsonArray Array(string[] words) => new([.. words.Select(word => (JsonNode)word)]);

    private static string[] Words(string[] cells, int index) => cells.ElementAtOrDefault(index)?.Trim().Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
}
