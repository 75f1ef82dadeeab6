using System.Globalization;
using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Finds a node for a pod: one that its selector names, whose taints it tolerates, and with room left.</summary>
internal static class PodScheduler
{
    private static readonly string[] Counted = ["cpu", "memory", "nvidia.com/gpu"];

    public static void Place(KubernetesCluster cluster, JsonObject pod)
    {
        var objects = cluster.Objects;
        var nodes = objects.List(KubernetesKind.Node);
        var pods = objects.List(KubernetesKind.Pod).Where(other => Dotted.Text(other, "spec.nodeName") is not null && Dotted.Text(other, "status.phase") is "Pending" or "Running").ToList();
        var answers = nodes.Select(node => (Node: node, Why: WhyNot(pod, node, pods))).ToList();
        if (answers.Find(answer => answer.Why is null).Node is { } chosen)
        {
            Dotted.Write(pod, "spec.nodeName", Metadata.Name(chosen));
            PodStatus.Condition(pod, "PodScheduled", isTrue: true, objects.Now);
            PodEvents.Note(objects, pod, "Normal", "Scheduled", $"Successfully assigned {Metadata.Text(pod, "namespace")}/{Metadata.Name(pod)} to {Metadata.Name(chosen)}", "default-scheduler");
            objects.Put(KubernetesKind.Pod, pod);
            return;
        }

        var reasons = answers.GroupBy(answer => answer.Why!, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{group.Count()} {group.Key}");
        var message = nodes.Count == 0 ? "no nodes available to schedule pods" : string.Create(CultureInfo.InvariantCulture, $"0/{nodes.Count} nodes are available: {string.Join(", ", reasons)}. preemption: 0/{nodes.Count} nodes are available: {nodes.Count} Preemption is not helpful for scheduling.");
        if (!PodStatus.Condition(pod, "PodScheduled", isTrue: false, objects.Now, "Unschedulable", message)) return;

        PodEvents.Note(objects, pod, "Warning", "FailedScheduling", message, "default-scheduler");
        objects.Put(KubernetesKind.Pod, pod);
    }

    private static string? WhyNot(JsonObject pod, JsonObject node, IReadOnlyList<JsonObject> pods)
    {
        if (Dotted.True(node, "spec.unschedulable")) return "node(s) were unschedulable";
        var taint = Dotted.Items(node, "spec.taints").FirstOrDefault(taint => $"{taint["effect"]}" is "NoSchedule" or "NoExecute" && !Dotted.Items(pod, "spec.tolerations").Any(toleration => Tolerates(toleration, taint)));
        if (taint is not null) return $"node(s) had untolerated taint {{{taint["key"]}: {taint["value"]}}}";
        if ((Dotted.Read(pod, "spec.nodeSelector") as JsonObject ?? []).Any(wish => Metadata.Label(node, wish.Key) != wish.Value?.ToString()) || !IsLiked(pod, node)) return "node(s) didn't match Pod's node affinity/selector";

        var here = pods.Where(other => Dotted.Text(other, "spec.nodeName") == Metadata.Name(node)).ToList();
        var room = (JsonObject)Dotted.Read(node, "status.allocatable")!;
        if (here.Count >= Quantity.Read($"{room["pods"]}")) return "Too many pods";
        return Counted.FirstOrDefault(name => here.Append(pod).Sum(other => QuotaController.Requests(other, name)) > (Quantity.Read(room[name]?.ToString()) ?? 0)) is { } scarce ? $"Insufficient {scarce}" : null;
    }

    private static bool Tolerates(JsonObject toleration, JsonObject taint)
    {
        if (toleration["effect"]?.ToString() is { Length: > 0 } effect && effect != $"{taint["effect"]}") return false;
        if (toleration["operator"]?.ToString() == "Exists") return toleration["key"] is null || $"{toleration["key"]}" == $"{taint["key"]}";

        return $"{toleration["key"]}" == $"{taint["key"]}" && $"{toleration["value"]}" == $"{taint["value"]}";
    }

    // One of the terms must hold, and of it each expression.
    private static bool IsLiked(JsonObject pod, JsonObject node)
    {
        var terms = Dotted.Items(pod, "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms").ToList();
        return terms.Count == 0 || terms.Exists(term => Dotted.Items(term, "matchExpressions").All(expression => Holds(expression, Metadata.Label(node, $"{expression["key"]}"))));
    }

    private static bool Holds(JsonObject expression, string? label)
    {
        var among = (expression["values"] as JsonArray ?? []).Any(value => value?.ToString() == label);
        return $"{expression["operator"]}" switch
        {
            "In" => among,
            "NotIn" => !among,
            "Exists" => label is not null,
            "DoesNotExist" => label is null,
            _ => false,
        };
    }
}
