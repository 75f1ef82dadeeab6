using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>
/// Finds the containers of an account that may go. One that the manifest merely stops naming is left alone, because data is not removed by leaving out a line:
/// only what policy.allowDelete names is looked for, and only what carries our mark is removed.
/// </summary>
internal sealed class ContainerLeftovers(Arm arm, Manifest manifest, AdlsSection account) : LeftoverSearch
{
    public override async Task<IReadOnlyList<Resource>> FindAsync(IReadOnlySet<ResourceId> declared, CancellationToken cancel)
    {
        var found = await Task.WhenAll(Named(declared).Select(async container => await container.ObserveAsync(cancel) is { } there && container.IsOurs(there) ? container : null));
        return [.. found.OfType<Resource>()];
    }

    private IEnumerable<UnwantedContainer> Named(IReadOnlySet<ResourceId> declared)
    {
        var names = manifest.Names.For(account);
        return manifest.Policy.AllowDelete
            .Select(text => ResourceId.TryParse(text, out var id) ? id : default)
            .Where(id => !declared.Contains(id) && id.Kind == names.Container("").Id.Kind && id.Name.StartsWith($"{account.Account}/", StringComparison.Ordinal))
            .Select(id => new UnwantedContainer(arm, names, id.Name[(account.Account.Length + 1)..]));
    }
}
