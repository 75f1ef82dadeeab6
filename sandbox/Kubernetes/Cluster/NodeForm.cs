using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>A node the way its kubelet describes it.</summary>
internal static class NodeForm
{
    private const string SpotMark = "kubernetes.azure.com/scalesetpriority";

    public static JsonObject New(ClusterFacts cluster, PoolFacts pool, string name, int index, DateTimeOffset now)
    {
        var id = $"/subscriptions/{ArmId.Parse(cluster.Text("id"))?.Subscription}/resourceGroups/{cluster.NodeGroup}/providers/Microsoft.Compute/virtualMachineScaleSets/{NodeController.ScaleSet(cluster, pool)}/virtualMachines/{index}";
        var node = new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = name, ["labels"] = new JsonObject(), ["annotations"] = new JsonObject { ["node.alpha.kubernetes.io/ttl"] = "0" } },
            ["spec"] = new JsonObject { ["providerID"] = $"azure://{id}" },
            ["status"] = new JsonObject
            {
                ["addresses"] = new JsonArray(new JsonObject { ["type"] = "InternalIP", ["address"] = $"10.224.0.{4 + index}" }, new JsonObject { ["type"] = "Hostname", ["address"] = name }),
                ["conditions"] = new JsonArray([.. Conditions(Metadata.Time(now))]),
            },
        };
        Update(node, cluster, pool);
        return node;
    }

    /// <summary>Brings what follows the pool up to date; whether anything changed.</summary>
    public static bool Update(JsonObject node, ClusterFacts cluster, PoolFacts pool)
    {
        var before = node.DeepClone();
        var (spec, status) = (node["spec"]!.AsObject(), node["status"]!.AsObject());
        Relabel(Metadata.Of(node), cluster, pool, Metadata.Name(node));
        var taints = Taints(pool).ToList();
        if (taints.Count > 0) spec["taints"] = new JsonArray([.. taints]);
        else spec.Remove("taints");

        status["capacity"] = NodeSize.Capacity(pool);
        status["allocatable"] = NodeSize.Allocatable(pool);
        status["nodeInfo"] = Info(cluster, pool);
        return !JsonNode.DeepEquals(before, node);
    }

    // What a pool said before and says no longer goes; what somebody put on the node by hand stays.
    private static void Relabel(JsonObject metadata, ClusterFacts cluster, PoolFacts pool, string name)
    {
        var wished = Labels(cluster, pool, name).ToDictionary(label => label.Key, label => label.Value, StringComparer.Ordinal);
        var (labels, notes) = (metadata["labels"]!.AsObject(), metadata["annotations"]!.AsObject());
        foreach (var old in $"{notes["sandbox.dss-pipeline/labels"]}".Split(',').Where(old => !wished.ContainsKey(old))) labels.Remove(old);
        foreach (var (key, value) in wished) labels[key] = value;
        notes["sandbox.dss-pipeline/labels"] = string.Join(',', wished.Keys.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<KeyValuePair<string, string>> Labels(ClusterFacts cluster, PoolFacts pool, string name)
    {
        var zones = Dotted.Read(pool.Properties, "availabilityZones") as JsonArray;
        var (size, index) = (pool.Text("vmSize") ?? "", name[^1] - '0');
        Dictionary<string, string> labels = new(StringComparer.Ordinal)
        {
            ["agentpool"] = pool.Name,
            ["beta.kubernetes.io/arch"] = "amd64",
            ["beta.kubernetes.io/instance-type"] = size,
            ["beta.kubernetes.io/os"] = "linux",
            ["kubernetes.azure.com/agentpool"] = pool.Name,
            ["kubernetes.azure.com/cluster"] = cluster.NodeGroup,
            ["kubernetes.azure.com/mode"] = (pool.Text("mode") ?? "User").ToLowerInvariant(),
            ["kubernetes.azure.com/node-image-version"] = pool.Text("nodeImageVersion") ?? "",
            ["kubernetes.azure.com/os-sku"] = pool.Text("osSKU") ?? "Ubuntu",
            ["kubernetes.azure.com/role"] = "agent",
            ["kubernetes.azure.com/storageprofile"] = "managed",
            ["kubernetes.io/arch"] = "amd64",
            ["kubernetes.io/hostname"] = name,
            ["kubernetes.io/os"] = "linux",
            ["node.kubernetes.io/instance-type"] = size,
            ["topology.kubernetes.io/region"] = cluster.Location,
            ["topology.kubernetes.io/zone"] = zones is { Count: > 0 } ? $"{cluster.Location}-{zones[Math.Max(0, index) % zones.Count]}" : "0",
        };
        if (IsSpot(pool)) labels[SpotMark] = "spot";
        if (cluster.Text("properties.identityProfile.kubeletidentity.clientId") is { } kubelet) labels["kubernetes.azure.com/kubelet-identity-client-id"] = kubelet;
        return labels.Concat((Dotted.Read(pool.Properties, "nodeLabels") as JsonObject ?? []).Select(label => KeyValuePair.Create(label.Key, $"{label.Value}")));
    }

    private static IEnumerable<JsonObject> Taints(PoolFacts pool)
    {
        var wished = (Dotted.Read(pool.Properties, "nodeTaints") as JsonArray ?? []).Select(taint => $"{taint}");
        var all = IsSpot(pool) ? wished.Append($"{SpotMark}=spot:NoSchedule") : wished;
        foreach (var taint in all.Distinct(StringComparer.Ordinal))
        {
            var (mark, effect) = taint.Split(':') is [var left, var right] ? (left, right) : (taint, "NoSchedule");
            var (key, value) = mark.Split('=', 2) is [var name, var text] ? (name, text) : (mark, "");
            yield return new() { ["key"] = key, ["value"] = value, ["effect"] = effect };
        }
    }

    private static bool IsSpot(PoolFacts pool) => pool.Text("scaleSetPriority") == "Spot";

    private static IEnumerable<JsonObject> Conditions(string now)
    {
        (string Type, string Status, string Reason, string Message)[] all =
        [
            ("MemoryPressure", "False", "KubeletHasSufficientMemory", "kubelet has sufficient memory available"),
            ("DiskPressure", "False", "KubeletHasNoDiskPressure", "kubelet has no disk pressure"),
            ("PIDPressure", "False", "KubeletHasSufficientPID", "kubelet has sufficient PID available"),
            ("Ready", "True", "KubeletReady", "kubelet is posting ready status"),
        ];
        return all.Select(one => new JsonObject { ["type"] = one.Type, ["status"] = one.Status, ["reason"] = one.Reason, ["message"] = one.Message, ["lastHeartbeatTime"] = now, ["lastTransitionTime"] = now });
    }

    private static JsonObject Info(ClusterFacts cluster, PoolFacts pool) => new()
    {
        ["architecture"] = "amd64",
        ["containerRuntimeVersion"] = "containerd://1.7.27-1",
        ["kernelVersion"] = "5.15.0-1089-azure",
        ["kubeletVersion"] = $"v{pool.Text("currentOrchestratorVersion") ?? cluster.Version}",
        ["operatingSystem"] = "linux",
        ["osImage"] = "Ubuntu 22.04.5 LTS",
    };
}
