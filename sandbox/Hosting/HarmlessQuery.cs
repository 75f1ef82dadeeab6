using Microsoft.AspNetCore.Http;

namespace DssPipeline.Sandbox;

/// <summary>A query string fit for a log: only values known to be harmless are shown.</summary>
internal static class HarmlessQuery
{
    // A list of secrets would always lack one: signatures of poll addresses, SAS parts, codes.
    private static readonly HashSet<string> Shown = new(StringComparer.OrdinalIgnoreCase)
    {
        "api-version", "$filter", "$top", "$expand", "$select", "comp", "restype", "prefix", "maxresults", "service", "scope", "n", "last", "digest", "mount", "from",
        "resource", "client_id", "audience", "serviceConnectionId", "monitor",
    };

    public static string Of(IQueryCollection query) =>
        string.Join('&', query.Select(part => $"{part.Key}={(Shown.Contains(part.Key) ? part.Value.ToString() : "(hidden)")}"));
}
