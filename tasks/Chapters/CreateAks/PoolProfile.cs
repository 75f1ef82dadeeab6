using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>
/// A pool as Azure writes it, inside a cluster's body and as a resource of its own.
/// Labels are a list between wish and wire, because only in a list does one that nobody wishes show.
/// </summary>
internal sealed class PoolProfile(Manifest manifest, ClusterSection cluster, NodePoolSection pool)
{
    // Azure marks some nodes itself, spot nodes for one; that is its business.
    private const string AzuresOwn = "kubernetes.azure.com/";

    /// <summary>The wish, in the form in which it is compared.</summary>
    public JsonObject Wish => (JsonObject)Json.Of(new
    {
        mode = Mode.ToString(),
        vmSize = pool.VmSize,
        osType = "Linux",
        type = "VirtualMachineScaleSets",
        count = pool.Autoscaling is null ? pool.Nodes : (int?)null,
        enableAutoScaling = pool.Autoscaling is not null,
        minCount = pool.Autoscaling?.Min,
        maxCount = pool.Autoscaling?.Max,
        orchestratorVersion = new KubernetesTarget(cluster).Wish,
        osDiskSizeGB = pool.OsDiskSizeGB > 0 ? pool.OsDiskSizeGB : (int?)null,
        maxPods = pool.MaxPods,
        vnetSubnetID = Subnet.Path,
        availabilityZones = pool.Zones,
        nodeLabels = pool.Labels.Select(label => new { name = label.Key, value = label.Value }),
        nodeTaints = pool.SystemPodsOnly ? pool.Taints.Append("CriticalAddonsOnly=true:NoSchedule").Distinct(StringComparer.Ordinal) : pool.Taints,
        scaleSetPriority = pool.Spot ? "Spot" : "Regular",
        scaleSetEvictionPolicy = pool.Spot ? "Delete" : null,
        spotMaxPrice = pool.Spot ? -1 : (int?)null,
        tags = Tags,
    });

    public PoolMode Mode => pool.Mode ?? (manifest.Aks.PoolsOf(cluster)[0] == pool ? PoolMode.System : PoolMode.User);

    public AzureName Subnet => pool.Subnet is PoolSubnet.Dss ? manifest.Names.DssSubnet : manifest.Names.AksSubnet;

    // Pools are no resources with tags of their own, yet Azure keeps tags for their nodes; ours tell which pools we made.
    private JsonObject Tags => new([.. manifest.Azure.Tags.Concat(pool.Tags).Append(new(Ownership.DeploymentTag, manifest.Name)).GroupBy(tag => tag.Key, StringComparer.OrdinalIgnoreCase).Select(same => KeyValuePair.Create(same.Key, (JsonNode?)same.Last().Value))]);

    /// <summary>Brings what Azure tells into the form of the wish.</summary>
    public void Spell(JsonObject properties)
    {
        var labels = properties["nodeLabels"] as JsonObject ?? [];
        properties["nodeLabels"] = new JsonArray([.. labels.Where(label => !IsAzures(label.Key)).Select(label => new JsonObject { ["name"] = label.Key, ["value"] = label.Value?.DeepClone() })]);
        properties["nodeTaints"] = new JsonArray([.. (properties["nodeTaints"] as JsonArray ?? []).Where(taint => !IsAzures($"{taint}")).Select(taint => taint?.DeepClone())]);
        properties["orchestratorVersion"] = new KubernetesTarget(cluster).Spell(Running(properties));
        properties.TryAdd("enableAutoScaling", false);
        properties.TryAdd("scaleSetPriority", "Regular");
    }

    /// <summary>The wish, or the wish laid over what was read, as Azure takes it.</summary>
    public JsonObject Wire(JsonObject properties, JsonNode? observed)
    {
        properties["nodeLabels"] = new JsonObject([.. AzuresLabels(observed), .. (properties["nodeLabels"] as JsonArray ?? []).Select(label => KeyValuePair.Create($"{label!["name"]}", label["value"]?.DeepClone()))]);
        if (properties["nodeTaints"] is JsonArray taints) foreach (var taint in AzuresTaints(observed)) taints.Add(taint);

        // The autoscaler owns the number of nodes once they are there; a pool is born with the number the manifest starts with.
        if (pool.Autoscaling is { } bounds) properties["count"] = observed?["count"]?.DeepClone() ?? Math.Clamp(pool.Nodes, bounds.Min, bounds.Max);
        else foreach (var bound in new[] { "minCount", "maxCount" }) properties.Remove(bound);

        // Naming a version that runs already may move its patch.
        if (observed is not null && new KubernetesTarget(cluster).IsMetBy(Running(observed))) properties["orchestratorVersion"] = observed["orchestratorVersion"]?.DeepClone();
        if (properties["availabilityZones"] is JsonArray { Count: 0 }) properties.Remove("availabilityZones");
        if (!pool.Spot) properties.Remove("scaleSetPriority");
        return properties;
    }

    /// <summary>The version its nodes run, as far as Azure tells it.</summary>
    public static string? Running(JsonNode? properties) => (properties?["currentOrchestratorVersion"] ?? properties?["orchestratorVersion"])?.ToString();

    private static bool IsAzures(string text) => text.StartsWith(AzuresOwn, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<KeyValuePair<string, JsonNode?>> AzuresLabels(JsonNode? observed) =>
        (observed?["nodeLabels"] as JsonObject ?? []).Where(label => IsAzures(label.Key)).Select(label => KeyValuePair.Create(label.Key, label.Value?.DeepClone()));

    private static List<JsonNode?> AzuresTaints(JsonNode? observed) =>
        [.. (observed?["nodeTaints"] as JsonArray ?? []).Where(taint => IsAzures($"{taint}")).Select(taint => taint?.DeepClone())];
}
