using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>How much of Azure's request allowance a run left over, in one line.</summary>
internal static class Allowance
{
    /// <summary>The lowest seen of each kind; null when Azure said nothing.</summary>
    public static string? Text(RateLimits limits)
    {
        var kinds = limits.Lowest.OrderBy(kind => kind.Key, StringComparer.Ordinal).Select(kind => $"{Short(kind.Key)} {kind.Value}").ToList();
        return kinds.Count == 0 ? null : $"Azure's request allowance, lowest seen: {string.Join(", ", kinds)}.";
    }

    /// <summary>Without the words that stand before every kind: <c>x-ms-ratelimit-remaining-subscription-global-reads</c> is known as global-reads.</summary>
    private static string Short(string kind) => kind[(kind.LastIndexOf("subscription-", StringComparison.Ordinal) is >= 0 and var start ? start + "subscription-".Length : 0)..];
}
