using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Jobs: one pod after the other until one succeeds, or too many failed.</summary>
internal static class JobController
{
    public static void Fill(JsonObject job)
    {
        if (Dotted.Text(job, "spec.template.spec.restartPolicy") is not ("Never" or "OnFailure")) throw KubernetesRefusal.Invalid(KubernetesKind.Job, Metadata.Name(job), "spec.template.spec.restartPolicy: Required value: valid values: \"OnFailure\", \"Never\"");
        var spec = job["spec"]!.AsObject();
        spec["backoffLimit"] ??= 6;
        spec["completions"] ??= 1;
        spec["parallelism"] ??= 1;
        job["status"] = new JsonObject();
    }

    public static void Step(KubernetesCluster cluster)
    {
        foreach (var job in cluster.Objects.List(KubernetesKind.Job).Where(job => !Dotted.Items(job, "status.conditions").Any())) Step(cluster, job);
    }

    private static void Step(KubernetesCluster cluster, JsonObject job)
    {
        var (objects, now) = (cluster.Objects, Metadata.Time(cluster.Objects.Now));
        var pods = objects.List(KubernetesKind.Pod, Metadata.Text(job, "namespace")).Where(pod => Metadata.Label(pod, "batch.kubernetes.io/controller-uid") == Metadata.Text(job, "uid")).ToList();
        var (good, bad) = (pods.Count(pod => Dotted.Text(pod, "status.phase") == "Succeeded"), pods.Count(pod => Dotted.Text(pod, "status.phase") == "Failed"));
        if (good + bad < pods.Count) return;

        if (good > 0) End(objects, job, "Complete", now, ("succeeded", good), ("failed", bad));
        else if (bad > Dotted.Number(job, "spec.backoffLimit")) End(objects, job, "Failed", now, ("failed", bad));
        else Begin(cluster, job);
    }

    private static void Begin(KubernetesCluster cluster, JsonObject job)
    {
        var (name, uid) = (Metadata.Name(job), Metadata.Text(job, "uid"));
        var pod = new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["name"] = $"{name}-{Guid.NewGuid().ToString("N")[..5]}",
                ["namespace"] = Metadata.Text(job, "namespace"),
                ["labels"] = new JsonObject([.. (Dotted.Read(job, "spec.template.metadata.labels") as JsonObject ?? []).Select(label => KeyValuePair.Create(label.Key, label.Value?.DeepClone())), new("job-name", name), new("batch.kubernetes.io/job-name", name), new("batch.kubernetes.io/controller-uid", uid)]),
                ["ownerReferences"] = new JsonArray(new JsonObject { ["apiVersion"] = "batch/v1", ["kind"] = "Job", ["name"] = name, ["uid"] = uid, ["controller"] = true, ["blockOwnerDeletion"] = true }),
            },
            ["spec"] = Dotted.Read(job, "spec.template.spec")!.DeepClone(),
        };
        PodDefaults.Fill(pod);
        try
        {
            QuotaController.Admit(cluster, pod);
            cluster.Objects.Put(KubernetesKind.Pod, pod);
        }
        catch (KubernetesRefusal)
        {
            // The job waits until its namespace has room.
        }
    }

    private static void End(ClusterObjects objects, JsonObject job, string how, string now, params (string Name, int Count)[] counts)
    {
        var status = new JsonObject { ["conditions"] = new JsonArray(new JsonObject { ["type"] = how, ["status"] = "True", ["lastTransitionTime"] = now }), ["completionTime"] = now };
        foreach (var (name, count) in counts) status[name] = count;
        job["status"] = status;
        objects.Put(KubernetesKind.Job, job);
    }
}
