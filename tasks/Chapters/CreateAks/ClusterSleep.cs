using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>That a cluster is stopped once it is made, with everything in it as wished: asleep it takes no change.</summary>
public sealed class ClusterSleep(Arm arm, Manifest manifest, ClusterSection cluster) : Resource(new ResourceId("azure", "clusterSleep", cluster.Name))
{
    private readonly AzureName name = manifest.Names.For(cluster).Cluster;

    public override ResourceId? LivesIn => name.Id;

    public override bool AskedAlongsideHost => true;

    public override IReadOnlyList<ResourceId> After => [.. manifest.Aks.PoolsOf(cluster).Select(pool => manifest.Names.For(cluster).Pool(pool).Id)];

    public override string Lane => name.Path;

    public override JsonNode Desired => Json.Of(new { properties = new { powerState = new { code = "Stopped" } } });

    private ArmAddress Address => new(name.Path, ManagedCluster.ApiVersion);

    /// <summary>It goes with its cluster.</summary>
    public override bool IsOurs(JsonNode observed) => false;

    public override Task<JsonNode?> ObserveAsync(CancellationToken cancel) => arm.ObserveAsync(Address, cancel);

    public override async Task ApplyAsync(Change change, CancellationToken cancel)
    {
        await arm.SettledAsync(Address, cancel);
        await arm.AskAsync($"{name.Path}/stop", ManagedCluster.ApiVersion, null, cancel);
    }
}
