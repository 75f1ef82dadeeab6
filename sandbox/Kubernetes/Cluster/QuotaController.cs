using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Resource quotas: what they allow, what is used of it, and which pods they keep out.</summary>
internal static class QuotaController
{
    public static void Step(KubernetesCluster cluster)
    {
        foreach (var quota in cluster.Objects.List(KubernetesKind.Quota))
        {
            var hard = Hard(quota);
            var status = new JsonObject
            {
                ["hard"] = hard.DeepClone(),
                ["used"] = new JsonObject(hard.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)JsonValue.Create(Quantity.Write(Used(cluster, Metadata.Text(quota, "namespace")!, entry.Key)))))),
            };
            if (JsonNode.DeepEquals(quota["status"], status)) continue;

            quota["status"] = status;
            cluster.Objects.Put(KubernetesKind.Quota, quota);
        }
    }

    /// <summary>Amounts are kept in one spelling.</summary>
    /// <exception cref="KubernetesRefusal">One of them is none.</exception>
    public static void Spell(JsonObject quota)
    {
        foreach (var (name, value) in Hard(quota).ToList())
        {
            if (Quantity.Read($"{value}") is null) throw KubernetesRefusal.Bad($"ResourceQuota in version \"v1\" cannot be handled as a ResourceQuota: quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$', {name} is {value}");
            Hard(quota)[name] = Quantity.Canonical($"{value}");
        }
    }

    /// <exception cref="KubernetesRefusal">A quota of its namespace has no room for the pod, or cannot tell.</exception>
    public static void Admit(KubernetesCluster cluster, JsonObject pod)
    {
        var space = Metadata.Text(pod, "namespace")!;
        foreach (var quota in cluster.Objects.List(KubernetesKind.Quota, space))
        {
            foreach (var (name, limit) in Hard(quota).Where(entry => Of(pod, entry.Key) is not null))
            {
                if (Names(name) is { } member && Containers(pod).FirstOrDefault(container => Dotted.Read(container, member) is null) is { } silent) throw Refuse(pod, $"failed quota: {Metadata.Name(quota)}: must specify {name} for: {silent["name"]}");

                var (asked, used) = (Of(pod, name)!.Value, Used(cluster, space, name));
                if (asked + used > Quantity.Read($"{limit}")) throw Refuse(pod, $"exceeded quota: {Metadata.Name(quota)}, requested: {name}={Quantity.Write(asked)}, used: {name}={Quantity.Write(used)}, limited: {name}={limit}");
            }
        }
    }

    /// <summary>What all containers of a pod ask for of a resource such as <c>cpu</c>.</summary>
    public static decimal Requests(JsonObject pod, string resource) => Containers(pod).Sum(container => Quantity.Read((container["resources"]?["requests"] as JsonObject)?[resource]?.ToString()) ?? 0);

    private static decimal Used(KubernetesCluster cluster, string space, string name) =>
        cluster.Objects.List(KubernetesKind.Pod, space).Where(pod => Dotted.Text(pod, "status.phase") is not ("Succeeded" or "Failed")).Sum(pod => Of(pod, name) ?? 0);

    private static decimal? Of(JsonObject pod, string name) => name switch
    {
        "pods" or "count/pods" => 1,
        _ when Names(name) is { } member => Containers(pod).Sum(container => Quantity.Read(Dotted.Read(container, member)?.ToString()) ?? 0),
        _ => null,
    };

    private static string? Names(string name) => name switch
    {
        "cpu" or "memory" => $"resources.requests.{name}",
        "requests.cpu" or "requests.memory" or "limits.cpu" or "limits.memory" => $"resources.{name}",
        _ => null,
    };

    private static IEnumerable<JsonObject> Containers(JsonObject pod) => Dotted.Items(pod, "spec.containers");

    private static JsonObject Hard(JsonObject quota) => Dotted.Read(quota, "spec.hard") as JsonObject ?? [];

    private static KubernetesRefusal Refuse(JsonObject pod, string why) => KubernetesRefusal.Forbidden(KubernetesKind.Pod, Metadata.Name(pod), why);
}
