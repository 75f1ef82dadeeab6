using System.Globalization;
using System.Text.Json.Nodes;

namespace DssPipeline.Convergence;

/// <summary>JSON pointers (RFC 6901), with member names found in any case, as the remotes spell them as they like.</summary>
public static class Pointer
{
    public static string Escape(string member) =>
        member.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    public static string Unescape(string segment) =>
        segment.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);

    /// <summary>The node at the path, or null when any part of the way is missing.</summary>
    public static JsonNode? At(JsonNode? root, string path) =>
        path.Split('/').Skip(1).Aggregate(root, (node, segment) => node switch
        {
            JsonArray items => int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < items.Count ? items[index] : null,
            JsonObject members => Member(members, Unescape(segment)),
            _ => null,
        });

    /// <summary>The member of that name, in the spelling asked for or else in any case.</summary>
    public static JsonNode? Member(JsonObject? members, string name)
    {
        if (members is null) return null;
        if (members.TryGetPropertyValue(name, out var exact)) return exact;
        return members.FirstOrDefault(member => string.Equals(member.Key, name, StringComparison.OrdinalIgnoreCase)).Value;
    }
}
