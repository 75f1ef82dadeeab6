using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>A node pool as the plugin builds it out of its parameters, in the words of the Python library.</summary>
internal static class AksPool
{
    /// <summary>The pool at a place of a new cluster; only the first may be left to the plugin to be a system pool.</summary>
    public static JsonObject OfCluster(int index, JsonObject wish, string subnet, JsonObject clusterTags)
    {
        var pool = Build(wish, subnet, clusterTags);
        pool["name"] = $"nodepool{index}";
        if (index == 0 && (string?)pool["mode"] == "Automatic") pool["mode"] = "System";
        return pool;
    }

    /// <summary>A pool that is added later.</summary>
    public static JsonObject Build(JsonObject wish, string subnet, JsonObject? clusterTags)
    {
        var mode = (string?)wish["mode"] ?? "Automatic";
        var pool = new JsonObject { ["mode"] = mode, ["vm_size"] = (string?)wish["vmSize"], ["vnet_subnet_id"] = subnet };
        if (IsTrue(wish, "autoScaling"))
        {
            pool["type"] = "VirtualMachineScaleSets";
            pool["enable_auto_scaling"] = true;
            (pool["min_count"], pool["max_count"], pool["count"]) = (wish["minNumNodes"]?.DeepClone(), wish["maxNumNodes"]?.DeepClone(), wish["minNumNodes"]?.DeepClone());
        }
        else
        {
            pool["count"] = wish["numNodes"]?.DeepClone();
        }

        if (Dotted.Number(wish, "osDiskSizeGb") is > 0 and var size) pool["os_disk_size_gb"] = size;
        if (wish["useAvailabilityZones"] is not JsonValue zones || zones.GetValueKind() != System.Text.Json.JsonValueKind.False) pool["availability_zones"] = new JsonArray("1", "2", "3");
        if (Dotted.Items(wish, "labels").ToList() is { Count: > 0 } labels) pool["node_labels"] = new JsonObject(labels.Select(label => KeyValuePair.Create((string)label["from"]!, (JsonNode?)(string?)label["to"])));
        Taint(pool, wish, mode);
        Tag(pool, clusterTags, wish["tags"] as JsonObject);
        return pool;
    }

    public static bool IsTrue(JsonObject wish, string name, bool usual = false) =>
        wish[name] is JsonValue value && value.TryGetValue<bool>(out var truth) ? truth : usual;

    private static void Taint(JsonObject pool, JsonObject wish, string mode)
    {
        var taints = new JsonArray();
        if (mode == "System" && IsTrue(wish, "systemPodsOnly", usual: true)) taints.Add("CriticalAddonsOnly=true:NoSchedule");
        foreach (var taint in wish["taints"] as JsonArray ?? []) taints.Add(taint!.DeepClone());
        if (taints.Count > 0) pool["node_taints"] = taints;
    }

    private static void Tag(JsonObject pool, params ReadOnlySpan<JsonObject?> sources)
    {
        var tags = new JsonObject();
        foreach (var source in sources)
        {
            foreach (var (name, value) in source ?? []) tags[name] = value?.DeepClone();
        }

        if (tags.Count > 0) pool["tags"] = tags;
    }
}
