using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>Nodes may be three minor versions behind their control plane, and no further.</summary>
internal static class NodesBehind
{
    private const int Allowed = 3;

    /// <summary>Raises the pools that would be too far behind once the control plane is at the version.</summary>
    public static async Task CatchUpAsync(Arm arm, ArmAddress cluster, string? version, CancellationToken cancel)
    {
        if (KubernetesVersion.Parse(version) is not { } next) return;

        foreach (var pool in await arm.ListAsync($"{cluster.Id}/agentPools", cluster.ApiVersion, cancel))
        {
            if (KubernetesVersion.Parse(PoolProfile.Running(pool["properties"])) is { } seen && next.Minor - seen.Minor > Allowed) await RaiseAsync(arm, cluster, pool, new(seen.Major, next.Minor - Allowed, null), cancel);
        }
    }

    private static Task RaiseAsync(Arm arm, ArmAddress cluster, JsonNode pool, KubernetesVersion version, CancellationToken cancel)
    {
        var properties = (JsonObject)Planes.Overlay.Without(pool["properties"]!.DeepClone(), Paths.Of([.. AgentPool.Told.Select(member => $"/{member}")]));
        properties["orchestratorVersion"] = version.ToString();
        return arm.PutAsync($"{cluster.Id}/agentPools/{pool["name"]}", cluster.ApiVersion, Json.Of(new { properties }), cancel);
    }
}
