using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>What may be done with one repository, or with the list of all: <c>repository:team/image:pull,push</c>.</summary>
internal sealed record RegistryGrant(string Kind, string Name, IReadOnlyList<string> Actions)
{
    public const string Any = "*";

    public static RegistryGrant Catalog { get; } = new("registry", "catalog", [Any]);

    public static RegistryGrant Of(string repository, params string[] actions) => new("repository", repository, actions);

    /// <summary>A scope as clients write it; null when it is none.</summary>
    public static RegistryGrant? Parse(string scope)
    {
        var (first, last) = (scope.IndexOf(':', StringComparison.Ordinal), scope.LastIndexOf(':'));
        return first > 0 && last > first + 1 ? new(scope[..first], scope[(first + 1)..last], scope[(last + 1)..].Split(',')) : null;
    }

    public static RegistryGrant Read(JsonNode node) =>
        new((string)node["type"]!, (string)node["name"]!, [.. node["actions"]!.AsArray().Select(action => (string)action!)]);

    public JsonObject Write() => new()
    {
        ["type"] = Kind,
        ["name"] = Name,
        ["actions"] = new JsonArray([.. Actions.Select(action => JsonValue.Create(action))]),
    };

    /// <summary>The part of this that somebody with these rights gets.</summary>
    public RegistryGrant Within(IReadOnlySet<string> rights) => this with
    {
        Actions = Kind == "registry"
            ? rights.Contains("catalog") ? Actions : []
            : [.. Actions.SelectMany(action => action == Any ? rights : (IEnumerable<string>)[action]).Where(rights.Contains).Where(action => action != "catalog").Distinct(StringComparer.Ordinal)],
    };

    /// <summary>Whether this lets one do all that <paramref name="wish"/> asks for.</summary>
    public bool Covers(RegistryGrant wish) =>
        Kind == wish.Kind && (Name == Any || Name == wish.Name) && wish.Actions.All(action => Actions.Contains(action, StringComparer.Ordinal));

    public override string ToString() => $"{Kind}:{Name}:{string.Join(',', Actions)}";
}
