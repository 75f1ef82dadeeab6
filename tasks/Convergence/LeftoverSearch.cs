namespace DssPipeline.Convergence;

/// <summary>Finds what is there and ours although the manifest no longer names it.</summary>
public abstract class LeftoverSearch
{
    /// <summary>The leftovers, as resources that must not exist. Reads only.</summary>
    /// <param name="declared">Every resource that the manifest names, also those of tasks that are not part of this run.</param>
    public abstract Task<IReadOnlyList<Resource>> FindAsync(IReadOnlySet<ResourceId> declared, CancellationToken cancel);
}
