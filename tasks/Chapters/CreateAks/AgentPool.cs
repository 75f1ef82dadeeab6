using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>A pool of nodes of a cluster. Its size follows the manifest, or the autoscaler between bounds; what its machines are is fixed at birth.</summary>
public sealed class AgentPool(Arm arm, Manifest manifest, ClusterSection cluster, NodePoolSection pool, AzureName name)
    : AzureResource(arm, name, ManagedCluster.ApiVersion, manifest.Names.For(cluster).Cluster)
{
    private const string Version = "/properties/orchestratorVersion";

    private readonly KubernetesTarget target = new(cluster);
    private readonly PoolProfile profile = new(manifest, cluster, pool);

    public AgentPool(Arm arm, Manifest manifest, ClusterSection cluster, NodePoolSection pool)
        : this(arm, manifest, cluster, pool, manifest.Names.For(cluster).Pool(pool))
    {
    }

    /// <summary>What Azure tells of a pool and takes from nobody.</summary>
    internal static IReadOnlyList<string> Told { get; } = ["eTag", "currentOrchestratorVersion", "nodeImageVersion", "powerState", "provisioningState", "status", "localDNSProfile/state"];

    public override string Lane => manifest.Names.For(cluster).Cluster.Path;

    public override IReadOnlyList<ResourceId> After => [profile.Subnet.Id];

    public override Comparison Comparison => base.Comparison with
    {
        Folded = [.. base.Comparison.Folded, "/properties/mode", "/properties/vmSize", "/properties/osType", "/properties/type", "/properties/scaleSetPriority", "/properties/scaleSetEvictionPolicy"],
        Unordered = ["/properties/availabilityZones", "/properties/nodeTaints", "/properties/nodeLabels"],
        Fixed =
        [
            "/properties/vmSize", "/properties/osType", "/properties/type", "/properties/osDiskSizeGB", "/properties/maxPods", "/properties/vnetSubnetID",
            "/properties/availabilityZones", "/properties/scaleSetPriority", "/properties/scaleSetEvictionPolicy", "/properties/spotMaxPrice",
        ],
    };

    protected override JsonNode Wish => new JsonObject { ["properties"] = profile.Wish };

    protected override UpdateStyle UpdateStyle => UpdateStyle.PutOverObserved;

    protected override Paths ReadOnly => [.. base.ReadOnly, .. Told.Select(member => $"/properties/{member}")];

    public override Problem? Objection(Verb verb, JsonNode? desired, JsonNode? observed) => verb switch
    {
        Verb.Update => target.Objection(Id, Pointer.At(observed, Version)),
        Verb.Replace when manifest.Aks.PoolsOf(cluster).Count(IsSystem) == 1 && IsSystem(pool) => new Problem(
            "Only system pool",
            $"{Id} differs in what was fixed when it was made, and it is the only system pool of its cluster, which Azure does not let go. "
            + "Add a second pool with mode: system and deploy; after that this one can be replaced or taken out of the manifest."),
        _ => null,
    };

    /// <summary>It goes with its cluster; the last one could not go before.</summary>
    public override bool IsOurs(JsonNode observed) => false;

    public override string? Interruption(IReadOnlyList<Difference> differences) =>
        differences.Any(difference => difference.Path == Version) ? "Its nodes are replaced one after the other, and what runs on them moves." : null;

    public override async Task ApplyAsync(Change change, CancellationToken cancel)
    {
        await ClusterPower.AwakeAsync(Arm, new ArmAddress(Address.Parent, Address.ApiVersion), cancel);
        if (change.Verb is Verb.Update) foreach (var step in target.StepsFrom(PoolProfile.Running(change.Observed?["properties"])).SkipLast(1).ToList()) await ClimbAsync(change, step, cancel);
        await base.ApplyAsync(change, cancel);
    }

    protected override JsonNode Seen(JsonNode observed)
    {
        profile.Spell((JsonObject)observed["properties"]!);
        return observed;
    }

    protected override JsonObject Body(JsonObject wish, JsonNode? observed)
    {
        var body = base.Body(wish, observed);
        body["properties"] = profile.Wire((JsonObject)body["properties"]!.DeepClone(), observed?["properties"]);
        return body;
    }

    private bool IsSystem(NodePoolSection other) => new PoolProfile(manifest, cluster, other).Mode == PoolMode.System;

    private Task ClimbAsync(Change change, string version, CancellationToken cancel)
    {
        var step = change.Desired!.DeepClone();
        step["properties"]!["orchestratorVersion"] = version;
        return base.ApplyAsync(change with { Desired = step }, cancel);
    }
}
