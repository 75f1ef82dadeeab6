using System.IO.Enumeration;
using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>What somebody may do at a registry: what the role assignments of Resource Manager say, at the registry or above it.</summary>
internal sealed class RegistryRights(ArmStore store)
{
    private const string Owner = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
    private const string Space = "Microsoft.ContainerRegistry/registries";

    // Who deploys owns the subscription, as everywhere in the sandbox.
    private static readonly string[] Owners = [SandboxIds.ServicePrincipal, SandboxIds.MachinePrincipal];

    private static readonly (string Action, string[] Rights)[] OfRegistry =
    [
        ($"{Space}/pull/read", ["pull", "metadata_read", "catalog"]),
        ($"{Space}/push/write", ["push", "metadata_write"]),
        ($"{Space}/artifacts/delete", ["delete"]),
    ];

    private static readonly (string Action, string[] Rights)[] OfRepositories =
    [
        ($"{Space}/repositories/content/read", ["pull"]),
        ($"{Space}/repositories/content/write", ["push"]),
        ($"{Space}/repositories/content/delete", ["delete"]),
        ($"{Space}/repositories/metadata/read", ["metadata_read"]),
        ($"{Space}/repositories/metadata/write", ["metadata_write"]),
        ($"{Space}/catalog/read", ["catalog"]),
    ];

    /// <summary>Everything there is to be allowed, as the admin user may it.</summary>
    public static IReadOnlySet<string> All { get; } = OfRepositories.SelectMany(row => row.Rights).ToHashSet(StringComparer.Ordinal);

    public static IReadOnlySet<string> PullOnly { get; } = new HashSet<string>(["pull", "metadata_read"], StringComparer.Ordinal);

    public IReadOnlySet<string> Of(RegistryAccount registry, string principal)
    {
        lock (store.Gate)
        {
            var roles = Roles(registry, principal).SelectMany(role => Permissions(role)).ToList();
            var table = registry.ByRepository ? OfRepositories : OfRegistry;
            return table.Where(row => roles.Exists(role => Allows(role, registry.ByRepository ? "dataActions" : "actions", row.Action)))
                .SelectMany(row => row.Rights).ToHashSet(StringComparer.Ordinal);
        }
    }

    private IEnumerable<string> Roles(RegistryAccount registry, string principal) => store.Type("Microsoft.Authorization/roleAssignments")
        .Where(record => !record.IsInvisible && record.Id.Parent is { } scope && registry.Id.IsWithin(scope))
        .Where(record => principal.Equals(Dotted.Text(record.Document, "properties.principalId"), StringComparison.OrdinalIgnoreCase))
        .Select(record => Dotted.Text(record.Document, "properties.roleDefinitionId")!.Split('/')[^1])
        .Concat(Owners.Contains(principal, StringComparer.OrdinalIgnoreCase) ? [Owner] : []);

    private IEnumerable<JsonObject> Permissions(string role)
    {
        var definition = BuiltInRoles.Find(role) is { } known
            ? BuiltInRoles.Show(known, scope: null)
            : store.Type("Microsoft.Authorization/roleDefinitions").FirstOrDefault(record => record.Id.Name.Equals(role, StringComparison.OrdinalIgnoreCase))?.Document;
        return Dotted.Items(definition, "properties.permissions");
    }

    private static bool Allows(JsonObject permission, string kind, string action) =>
        Names(permission, kind, action) && !Names(permission, $"not{char.ToUpperInvariant(kind[0])}{kind[1..]}", action);

    private static bool Names(JsonObject permission, string kind, string action) =>
        permission[kind] is JsonArray patterns && patterns.Any(pattern => FileSystemName.MatchesSimpleExpression((string)pattern!, action));
}
