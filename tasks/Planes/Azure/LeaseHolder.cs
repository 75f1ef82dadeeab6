using System.Globalization;

namespace DssPipeline.Planes;

/// <summary>Who holds a lease, as it stands in the blob's metadata for whoever finds the lease taken.</summary>
/// <param name="Who">The person or the account that started the run.</param>
/// <param name="Run">Address of the run in its CI system, when it has one.</param>
public sealed record LeaseHolder(string Who, string Host, string? Run, DateTimeOffset? Since)
{
    private const int Longest = 200;

    internal IReadOnlyList<(string Name, string Value)> Headers =>
    [
        ("x-ms-meta-holder", Plain(Who)),
        ("x-ms-meta-host", Plain(Host)),
        .. Run is null ? [] : new[] { ("x-ms-meta-run", Plain(Run)) },
        ("x-ms-meta-since", (Since ?? DateTimeOffset.UnixEpoch).ToString("O", CultureInfo.InvariantCulture)),
    ];

    internal static LeaseHolder Read(IReadOnlyDictionary<string, string> words) => new(
        words.GetValueOrDefault("holder") ?? "somebody",
        words.GetValueOrDefault("host") ?? "an unknown host",
        words.GetValueOrDefault("run"),
        DateTimeOffset.TryParse(words.GetValueOrDefault("since"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var since) ? since : null);

    // Headers carry ASCII alone, and a line break in one would begin another.
    private static string Plain(string text) => string.Concat(text.Take(Longest).Select(letter => letter is >= ' ' and <= '~' ? letter : '?'));
}
