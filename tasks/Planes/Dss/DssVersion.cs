using System.Text.RegularExpressions;

namespace DssPipeline.Planes;

/// <summary>A version of DSS, as far as its API depends on it.</summary>
public sealed partial record DssVersion(int Major, int Minor, int Patch)
{
    /// <summary>The oldest version that is spoken to: before it, settings have other places.</summary>
    public static int Oldest => 11;

    /// <summary>The newest version that is known; what comes after it may have moved settings again.</summary>
    public static int Newest => 15;

    public bool IsKnown => Major >= Oldest && Major <= Newest;

    /// <summary>From 15 on, how images are built stands apart from where they run.</summary>
    public bool SplitsBuilds => Major >= 15;

    public bool IsBefore(DssVersion other) => (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch)) < 0;

    /// <summary>Reads <c>14.2.0</c>, and what DSS appends to it in betas; null when it is no version.</summary>
    public static DssVersion? Parse(string? text) => Numbers().Match(text ?? "") is { Success: true } match
        ? new(int.Parse(match.Groups["major"].Value), Number(match.Groups["minor"]), Number(match.Groups["patch"]))
        : null;

    public override string ToString() => $"{Major}.{Minor}.{Patch}";

    private static int Number(Group group) => group.Success ? int.Parse(group.Value) : 0;

    [GeneratedRegex(@"^\s*(?<major>\d{1,4})(\.(?<minor>\d{1,4}))?(\.(?<patch>\d{1,4}))?", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Numbers();
}
