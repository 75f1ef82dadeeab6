using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>What happens to a pod, written down as events; the same again raises a count.</summary>
internal static class PodEvents
{
    public static void Note(ClusterObjects objects, JsonObject pod, string type, string reason, string message, string from = "kubelet")
    {
        var space = Metadata.Text(pod, "namespace")!;
        var now = Metadata.Time(objects.Now);
        var twin = objects.List(KubernetesKind.Event, space).FirstOrDefault(other => Dotted.Text(other, "involvedObject.uid") == Metadata.Text(pod, "uid") && $"{other["reason"]}" == reason && $"{other["message"]}" == message);
        if (twin is not null)
        {
            twin["count"] = (int)twin["count"]! + 1;
            twin["lastTimestamp"] = now;
            objects.Put(KubernetesKind.Event, twin);
            return;
        }

        objects.Put(KubernetesKind.Event, new()
        {
            ["metadata"] = new JsonObject { ["name"] = $"{Metadata.Name(pod)}.{Guid.NewGuid().ToString("N")[..16]}", ["namespace"] = space },
            ["involvedObject"] = new JsonObject { ["kind"] = "Pod", ["namespace"] = space, ["name"] = Metadata.Name(pod), ["uid"] = Metadata.Text(pod, "uid"), ["apiVersion"] = "v1" },
            ["reason"] = reason,
            ["message"] = message,
            ["type"] = type,
            ["count"] = 1,
            ["firstTimestamp"] = now,
            ["lastTimestamp"] = now,
            ["source"] = new JsonObject { ["component"] = from },
            ["reportingComponent"] = from,
        });
    }
}
