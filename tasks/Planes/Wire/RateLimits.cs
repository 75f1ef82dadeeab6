using System.Collections.Concurrent;

namespace DssPipeline.Planes;

/// <summary>How much of a remote's request allowance was left, the lowest seen of each kind.</summary>
public sealed class RateLimits
{
    private readonly ConcurrentDictionary<string, int> lowest = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Kind of request → remaining requests.</summary>
    public IReadOnlyDictionary<string, int> Lowest => lowest;

    /// <summary>Reads one header, as a number or as <c>bucket;number,bucket;number</c>.</summary>
    public void Note(string header, string value)
    {
        foreach (var part in value.Split(',', StringSplitOptions.TrimEntries))
        {
            var border = part.LastIndexOf(';');
            var kind = border < 0 ? header : part[..border];
            if (int.TryParse(part[(border + 1)..], out var left)) lowest.AddOrUpdate(kind, left, (_, seen) => Math.Min(seen, left));
        }
    }
}
