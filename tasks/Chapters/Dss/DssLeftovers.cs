using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>
/// Finds the DSS objects of a kind that may go. What the manifest merely stops naming is left alone, because people work with it:
/// only what policy.allowDelete names is looked for, and only what carries our mark is removed.
/// </summary>
/// <param name="unwanted">The object of that name, as one that must not exist.</param>
internal sealed class DssLeftovers(Manifest manifest, string kind, Func<string, MarkedObject> unwanted) : LeftoverSearch
{
    public override async Task<IReadOnlyList<Resource>> FindAsync(IReadOnlySet<ResourceId> declared, CancellationToken cancel)
    {
        var found = await Task.WhenAll(Named(declared).Select(async one => await one.IsAskableAsync(cancel) && await one.ObserveAsync(cancel) is { } there && one.IsOurs(there) ? one : null));
        return [.. found.OfType<Resource>()];
    }

    private IEnumerable<MarkedObject> Named(IReadOnlySet<ResourceId> declared) => manifest.Policy.AllowDelete
        .Select(text => ResourceId.TryParse(text, out var id) ? id : default)
        .Where(id => id.Plane == "dss" && id.Kind == kind && !declared.Contains(id))
        .Select(id => unwanted(id.Name));
}
