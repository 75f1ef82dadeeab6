namespace DssPipeline.Convergence;

/// <summary>The destructive changes that a manifest allows, resource by resource.</summary>
/// <param name="Replace">What may be removed and made anew.</param>
/// <param name="Delete">What may be removed for good.</param>
public sealed record Permissions(IReadOnlySet<ResourceId> Replace, IReadOnlySet<ResourceId> Delete)
{
    public static Permissions None { get; } = new(new HashSet<ResourceId>(), new HashSet<ResourceId>());
}
