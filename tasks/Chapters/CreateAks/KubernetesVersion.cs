using System.Globalization;

namespace DssPipeline.Chapters;

/// <summary>A version of Kubernetes as people and Azure write it: a minor (<c>1.33</c>) or a patch (<c>1.33.4</c>).</summary>
public sealed record KubernetesVersion(int Major, int Minor, int? Patch) : IComparable<KubernetesVersion>
{
    public static bool operator <(KubernetesVersion left, KubernetesVersion right) => left.CompareTo(right) < 0;

    public static bool operator >(KubernetesVersion left, KubernetesVersion right) => left.CompareTo(right) > 0;

    public static bool operator <=(KubernetesVersion left, KubernetesVersion right) => left.CompareTo(right) <= 0;

    public static bool operator >=(KubernetesVersion left, KubernetesVersion right) => left.CompareTo(right) >= 0;

    /// <summary>Null for what is no version, such as <c>latest</c>.</summary>
    public static KubernetesVersion? Parse(string? text) => (text ?? "").Split('.') switch
    {
        [var major, var minor] when Number(major) is { } first && Number(minor) is { } second => new KubernetesVersion(first, second, null),
        [var major, var minor, var patch] when Number(major) is { } first && Number(minor) is { } second && Number(patch) is { } third => new(first, second, third),
        _ => null,
    };

    /// <summary>A minor stands for all of its patches, so it is equal to each of them.</summary>
    public int CompareTo(KubernetesVersion? other) =>
        other is null ? 1
        : (Major, Minor) != (other.Major, other.Minor) ? (Major, Minor).CompareTo((other.Major, other.Minor))
        : Patch is { } own && other.Patch is { } its ? own.CompareTo(its)
        : 0;

    /// <summary>The versions to go through, one minor at a time, from this one up to the target; nothing when it is not below.</summary>
    public IEnumerable<KubernetesVersion> StepsTo(KubernetesVersion target)
    {
        for (var minor = Minor + 1; minor < target.Minor; minor++) yield return new KubernetesVersion(Major, minor, null);
        if (target > this) yield return target;
    }

    /// <summary>Written as finely as another one is.</summary>
    public string As(KubernetesVersion other) => (other.Patch is null ? this with { Patch = null } : this).ToString();

    public override string ToString() => Patch is null ? $"{Major}.{Minor}" : $"{Major}.{Minor}.{Patch}";

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
