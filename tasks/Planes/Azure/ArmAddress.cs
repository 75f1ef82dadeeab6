namespace DssPipeline.Planes;

/// <summary>The full ARM id of one thing with the api version it is spoken to in.</summary>
public sealed record ArmAddress(string Id, string ApiVersion)
{
    private const string Providers = "/providers/";

    /// <summary>More of the query, such as <c>$expand=instanceView</c>; what needs it is always asked for by itself.</summary>
    public string? Query { get; init; }

    public string Name => Id[(Id.LastIndexOf('/') + 1)..];

    /// <summary>Namespace and type names: <c>Microsoft.Network/virtualNetworks/subnets</c>.</summary>
    public string Type => Id.LastIndexOf(Providers, StringComparison.OrdinalIgnoreCase) is >= 0 and var border
        ? TypeIn(Id[(border + Providers.Length)..].Split('/'))
        : Id.Count(letter => letter == '/') > 2 ? "Microsoft.Resources/resourceGroups" : "Microsoft.Resources/subscriptions";

    /// <summary>Where everything of this type beside this one is listed.</summary>
    public string Collection => Id[..Id.LastIndexOf('/')];

    /// <summary>The thing this one lives in: a parent resource, a resource group, or the scope an extension is laid on.</summary>
    public string Parent
    {
        get
        {
            var above = Collection[..Collection.LastIndexOf('/')];
            var border = above.LastIndexOf(Providers, StringComparison.OrdinalIgnoreCase);
            return border >= 0 && !above[(border + Providers.Length)..].Contains('/', StringComparison.Ordinal) ? above[..border] : above;
        }
    }

    /// <summary>Id of the resource group around it, or null outside of one.</summary>
    public string? ResourceGroup => Id.Split('/') is ["", "subscriptions", var subscription, var groups, var group, ..]
        && string.Equals(groups, "resourceGroups", StringComparison.OrdinalIgnoreCase)
            ? $"/subscriptions/{subscription}/{groups}/{group}"
            : null;

    internal string Path => PathOf(Id, ApiVersion, Query);

    internal static string PathOf(string id, string apiVersion, string? query = null)
    {
        var path = $"{id}{(id.Contains('?', StringComparison.Ordinal) ? '&' : '?')}api-version={apiVersion}";
        return query is null ? path : $"{path}&{query}";
    }

    private static string TypeIn(string[] parts) => parts.Length == 1
        ? "Microsoft.Resources/providers"
        : string.Join('/', parts.Where((_, index) => index == 0 || index % 2 == 1));
}
