using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>Whether a cluster of DSS is started. Of one that DSS makes, being started is being there: DSS makes it in Azure at the start and removes it at the stop.</summary>
public sealed class DssClusterState(Arm arm, Dss dss, Manifest manifest, ClusterSection cluster) : DssObject(dss, "clusterState", cluster.Name)
{
    private const int Rounds = 3;

    private readonly ClusterNames names = manifest.Names.For(cluster);

    public override ResourceId? LivesIn => names.InDss;

    public override string Lane => names.Cluster.Path;

    public override JsonNode Desired => cluster.Started ? Running : Json.Of(new { state = DssClusterStatus.None });

    private DssClusterLife Life { get; } = new(dss, cluster.Name);

    private bool IsMade => cluster.ManagedBy is ClusterManager.Dss;

    private JsonNode Running => IsMade ? Json.Of(new { state = DssClusterStatus.Running, inAzure = true }) : Json.Of(new { state = DssClusterStatus.Running, attachedTo = AttachedCluster.Standing });

    private AttachedCluster Attached => new(arm, Dss, Address, cluster.Name);

    private ArmAddress Address => new(names.Cluster.Path, ManagedCluster.ApiVersion);

    /// <summary>It goes with its cluster.</summary>
    public override bool IsOurs(JsonNode observed) => false;

    public override async Task<JsonNode?> ObserveAsync(CancellationToken cancel) => await Life.StatusAsync(cancel) is { } status
        ? Json.Of(new { state = status.State, inAzure = IsMade ? await arm.ObserveAsync(Address, cancel) is not null : (bool?)null, attachedTo = IsMade ? null : await Attached.TellAsync(status, cancel) })
        : null;

    public override Problem? Objection(Verb verb, JsonNode? desired, JsonNode? observed) =>
        IsMade && !cluster.Started && verb is Verb.Update && !manifest.Policy.AllowDelete.Contains($"{names.Cluster.Id}", StringComparer.Ordinal)
            ? new Problem(
                "Stopping removes the cluster",
                $"aks.clusters[{cluster.Name}].started is false, and DSS made the cluster: when DSS stops it, its AKS cluster is removed from Azure, with the disks of its pods. Name {names.Cluster.Id} in policy.allowDelete if that may be, or set started to true.")
            : null;

    public override string? Interruption(IReadOnlyList<Difference> differences) =>
        cluster.Started ? null : "What runs in the cluster ends, and nothing can be run in it until it is started again.";

    public override async Task ApplyAsync(Change change, CancellationToken cancel)
    {
        if (cluster.Started) await StartAsync(cancel);
        else await StopAsync(cancel);
    }

    // One that was attached after a broken start is not removed by stopping it.
    private async Task StopAsync(CancellationToken cancel)
    {
        await Life.StopAsync(DssStop.Plain, cancel);
        if (IsMade && DssMaking.IsOurs(await arm.SettledAsync(Address, cancel), manifest)) await arm.DeleteAsync(Address.Id, Address.ApiVersion, cancel);
    }

    private async Task StartAsync(CancellationToken cancel)
    {
        // DSS attaches at the start, so one that was made anew since is attached by another.
        if (!IsMade && await Attached.TellAsync(await Life.SettledAsync(cancel), cancel) is AttachedCluster.Gone) await Life.StopAsync(DssStop.Forced, cancel);
        for (var round = 1; ; round++)
        {
            if (IsMade) await ClearAsync(cancel);
            var status = await Life.StartAsync(cancel);
            if (status.State is DssClusterStatus.Running && await IsWholeAsync(cancel)) return;

            // What DSS itself says against a start it was heard to begin stays true the next time; a start that broke off does not.
            if (round == Rounds || (!status.IsUnheard && status.State is not DssClusterStatus.Running && !BrokeOff(status))) throw Life.NotStarted(status);
        }
    }

    /// <summary>Takes away what would stop a start: a state that Azure does not bear out, and what a start that died left in Azure.</summary>
    private async Task ClearAsync(CancellationToken cancel)
    {
        var state = (await Life.SettledAsync(cancel)).State;
        if (state is DssClusterStatus.Running && !await IsWholeAsync(cancel)) await Life.StopAsync(DssStop.Forced, cancel);
        if (state is DssClusterStatus.None || !await IsWholeAsync(cancel)) await new DssMaking(arm, Dss, manifest, cluster).MakeWayAsync(cancel);
    }

    private async Task<bool> IsWholeAsync(CancellationToken cancel) => !IsMade || await arm.SettledAsync(Address, cancel) is not null;

    /// <summary>Another start, which this one met or which died with its DSS, is the reason.</summary>
    private static bool BrokeOff(DssClusterStatus status) => status.Error?.Contains("already exists", StringComparison.OrdinalIgnoreCase) == true;
}
