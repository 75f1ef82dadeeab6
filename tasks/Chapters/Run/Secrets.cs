using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>Finds every secret of a manifest, so that each is masked before the first line is printed.</summary>
public static class Secrets
{
    /// <summary>The secrets that are known since reading; nothing when there is no manifest.</summary>
    public static IReadOnlyList<Secret> In(Manifest? manifest) =>
        manifest is null ? [] : [.. SecretKeys.In(manifest).Select(secret => secret.Value).Where(value => !value.IsStandIn).Select(value => value.Known).OfType<Secret>()];
}
