using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>Whether a cluster is started; stopped, it takes no change but to be started.</summary>
internal static class ClusterPower
{
    public const string Path = "/properties/powerState/code";

    /// <summary>The cluster, once nothing is being done to it any more, also by a run that died, and started.</summary>
    public static async Task<JsonNode?> AwakeAsync(Arm arm, ArmAddress cluster, CancellationToken cancel)
    {
        var present = await arm.SettledAsync(cluster, cancel);
        if (!"Stopped".Equals(Pointer.At(present, Path)?.ToString(), StringComparison.OrdinalIgnoreCase)) return present;

        await arm.AskAsync($"{cluster.Id}/start", cluster.ApiVersion, null, cancel);
        return await arm.SettledAsync(cluster, cancel);
    }
}
