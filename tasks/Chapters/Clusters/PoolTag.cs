using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>Tells which pool of the manifest a pool in Azure is: by a tag that its preset gives it, or else by its name.</summary>
/// <param name="Name">What Azure calls it.</param>
/// <param name="Wished">What the manifest calls it.</param>
internal sealed record PoolTag(string Name, string Wished, string? Deployment)
{
    public const string Tag = "dss-pipeline:pool";

    /// <summary>The pools of a cluster.</summary>
    public static IEnumerable<PoolTag> Of(JsonNode? cluster) => (Pointer.At(cluster, "/properties/agentPoolProfiles") as JsonArray ?? [])
        .OfType<JsonObject>()
        .Select(pool => new PoolTag($"{pool["name"]}", Pointer.Member(pool["tags"] as JsonObject, Tag)?.ToString() ?? $"{pool["name"]}", Ownership.DeploymentOf(pool)));
}
