using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>What a server writes into a pod that does not say it.</summary>
internal static class PodDefaults
{
    public static void Fill(JsonObject pod)
    {
        var name = Metadata.Name(pod);
        if (pod["spec"] is not JsonObject spec || !Dotted.Items(pod, "spec.containers").Any()) throw KubernetesRefusal.Invalid(KubernetesKind.Pod, name, "spec.containers: Required value");

        foreach (var container in Dotted.Items(pod, "spec.containers").Concat(Dotted.Items(pod, "spec.initContainers")))
        {
            if (container["name"] is null) throw KubernetesRefusal.Invalid(KubernetesKind.Pod, name, "spec.containers[0].name: Required value");
            if (container["image"] is null) throw KubernetesRefusal.Invalid(KubernetesKind.Pod, name, "spec.containers[0].image: Required value");

            container["imagePullPolicy"] ??= $"{container["image"]}".EndsWith(":latest", StringComparison.Ordinal) || !$"{container["image"]}".Split('/')[^1].Contains(':', StringComparison.Ordinal) ? "Always" : "IfNotPresent";
            container["resources"] ??= new JsonObject();
            container["terminationMessagePath"] ??= "/dev/termination-log";
            container["terminationMessagePolicy"] ??= "File";
            Ask(container);
        }

        spec["restartPolicy"] ??= "Always";
        spec["dnsPolicy"] ??= "ClusterFirst";
        spec["schedulerName"] ??= "default-scheduler";
        spec["serviceAccountName"] ??= "default";
        spec["serviceAccount"] ??= spec["serviceAccountName"]!.DeepClone();
        spec["terminationGracePeriodSeconds"] ??= 30;
        spec["enableServiceLinks"] ??= true;
        spec["securityContext"] ??= new JsonObject();
        pod["status"] = new JsonObject { ["phase"] = "Pending", ["qosClass"] = "BestEffort" };
    }

    /// <summary>The part of a pod that no update may change.</summary>
    public static JsonNode? Fixed(JsonObject pod)
    {
        var spec = pod["spec"]?.DeepClone() as JsonObject;
        foreach (var free in new[] { "activeDeadlineSeconds", "tolerations", "terminationGracePeriodSeconds", "nodeName" }) spec?.Remove(free);
        foreach (var container in Dotted.Items(spec, "containers")) container.Remove("image");
        return spec;
    }

    // What may be used at most is also what is asked for, unless something else is.
    private static void Ask(JsonObject container)
    {
        var resources = container["resources"]!.AsObject();
        if (resources["limits"] is not JsonObject limits) return;
        if (resources["requests"] is not JsonObject requests) resources["requests"] = requests = [];
        foreach (var (name, value) in limits) requests[name] ??= value?.DeepClone();
    }
}
