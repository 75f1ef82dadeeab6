using System.Collections;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>Finds every secret of a manifest, so that each is masked before the first line is printed.</summary>
public static class Secrets
{
    /// <summary>The secrets that are known since reading; nothing when there is no manifest.</summary>
    public static IReadOnlyList<Secret> In(Manifest? manifest) => [.. Walk(manifest)];

    private static IEnumerable<Secret> Walk(object? part) => part switch
    {
        null or string => [],
        SecretValue { IsStandIn: true } => [],
        SecretValue value => value.Known is { } known ? [known] : [],
        IEnumerable many => many.Cast<object?>().SelectMany(Walk),
        _ when IsSection(part) => part.GetType().GetProperties().Where(property => property.IsDefined(typeof(KeyAttribute), inherit: true)).SelectMany(property => Walk(property.GetValue(part))),
        _ => [],
    };

    private static bool IsSection(object part) => part.GetType() is { IsClass: true } type && type.Namespace == typeof(Manifest).Namespace;
}
