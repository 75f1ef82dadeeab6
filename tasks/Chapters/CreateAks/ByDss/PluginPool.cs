using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>
/// A pool of a cluster that DSS made. The plugin numbers the pools a cluster is born with (<c>nodepool0</c>), so they are known by a tag of their preset; later ones have the name of the manifest.
/// </summary>
public sealed class PluginPool(Arm arm, Manifest manifest, ClusterSection cluster, NodePoolSection pool) : Resource(manifest.Names.For(cluster).Pool(pool).Id)
{
    private readonly AzureName name = manifest.Names.For(cluster).Pool(pool);
    private readonly AgentPool named = new(arm, manifest, cluster, pool);

    public override ResourceId? LivesIn => named.LivesIn;

    public override bool AskedAlongsideHost => true;

    public override IReadOnlyList<ResourceId> After => named.After;

    public override string? Lane => named.Lane;

    public override Comparison Comparison => named.Comparison;

    public override JsonNode? Desired => named.Desired;

    /// <summary>It goes with its cluster; the last one could not go before.</summary>
    public override bool IsOurs(JsonNode observed) => false;

    public override Problem? Objection(Verb verb, JsonNode? desired, JsonNode? observed) => named.Objection(verb, desired, observed);

    public override string? Interruption(IReadOnlyList<Difference> differences) => named.Interruption(differences);

    public override async Task<JsonNode?> ObserveAsync(CancellationToken cancel) =>
        await FindAsync(cancel) is { } found ? await Called(found).ObserveAsync(cancel) : null;

    public override async Task ApplyAsync(Change change, CancellationToken cancel) =>
        await Called(await FindAsync(cancel) ?? pool.Name).ApplyAsync(change, cancel);

    /// <summary>What Azure calls it; null when there is none.</summary>
    private async Task<string?> FindAsync(CancellationToken cancel) =>
        PoolTag.Of(await arm.ObserveAsync(new ArmAddress(manifest.Names.For(cluster).Cluster.Path, ManagedCluster.ApiVersion), cancel)).FirstOrDefault(seen => seen.Wished == pool.Name)?.Name;

    private AgentPool Called(string found) => found == pool.Name
        ? named
        : new(arm, manifest, cluster, pool, new(name.Id, name.Type, $"{name.Path[..name.Path.LastIndexOf('/')]}/{found}"));
}
