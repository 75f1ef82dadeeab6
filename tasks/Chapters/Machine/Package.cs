namespace DssPipeline.Chapters;

/// <summary>A wished package of the machine.</summary>
/// <param name="Version">A version or the beginning of one: <c>1.33</c> is met by <c>1.33.4-150500.1.1</c>. Null when any will do.</param>
/// <param name="IsHeld">Whether updates must pass it by; null when that is left as it is.</param>
public sealed record Package(string Name, string? Version = null, bool? IsHeld = null)
{
    /// <summary>Whether what is installed meets the wish.</summary>
    /// <param name="installed"><c>epoch:version-release</c>, or more than one of them joined by <c>and</c>.</param>
    public bool IsMetBy(string installed)
    {
        if (!char.IsAsciiDigit(installed[0]) || installed.Contains(" and ", StringComparison.Ordinal)) return false;

        var version = WithoutEpoch(installed);
        return Version is null || version == Version || version.StartsWith($"{Version}.", StringComparison.Ordinal) || version.StartsWith($"{Version}-", StringComparison.Ordinal);
    }

    /// <summary>What is installed, in words that people write.</summary>
    public static string WithoutEpoch(string installed) => string.Join(" and ", installed.Split(" and ").Select(one => one[(one.IndexOf(':', StringComparison.Ordinal) + 1)..]));
}
