namespace DssPipeline.Convergence;

/// <summary>The destructive changes that a manifest allows, resource by resource.</summary>
/// <param name="Replace">What may be removed and made anew.</param>
/// <param name="Delete">What may be removed for good.</param>
public sealed record Permissions(IReadOnlySet<ResourceId> Replace, IReadOnlySet<ResourceId> Delete)
{
    /// <summary>Key of the manifest that <see cref="Delete"/> came from, for the words of a refusal.</summary>
    public string DeleteKey { get; init; } = "policy.allowDelete";

    public static Permissions None { get; } = new(new HashSet<ResourceId>(), new HashSet<ResourceId>());
}
