using System.Globalization;
using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>The life of pods, one step at each look: placed on a node, images pulled, running, ended.</summary>
internal static class PodController
{
    private const string Began = "sandbox.dss-pipeline/next-try";

    public static void Step(KubernetesCluster cluster, PodImages images)
    {
        foreach (var pod in cluster.Objects.List(KubernetesKind.Pod))
        {
            if (Metadata.IsGoing(pod)) cluster.Objects.Remove(KubernetesKind.Pod, pod);
            else if (Dotted.Text(pod, "status.phase") is not ("Succeeded" or "Failed")) Step(cluster, images, pod);
        }
    }

    private static void Step(KubernetesCluster cluster, PodImages images, JsonObject pod)
    {
        if (Dotted.Text(pod, "spec.nodeName") is null) PodScheduler.Place(cluster, pod);
        else if (IsLate(cluster.Objects, pod)) End(cluster.Objects, pod, "Failed", "DeadlineExceeded");
        else foreach (var container in Dotted.Items(pod, "spec.containers").ToList()) Step(cluster, images, pod, container);
    }

    private static void Step(KubernetesCluster cluster, PodImages images, JsonObject pod, JsonObject container)
    {
        var state = PodStatus.Container(pod, $"{container["name"]}");
        switch (((state?["state"] as JsonObject)?.FirstOrDefault().Key, Dotted.Text(state, "state.waiting.reason")))
        {
            case (null, _):
                Pull(cluster, images, pod, container);
                break;
            case ("waiting", "ContainerCreating"):
                Start(cluster.Objects, pod, container);
                break;
            case ("waiting", _) when IsDue(cluster.Objects, pod):
                Pull(cluster, images, pod, container);
                break;
            case ("waiting", "ErrImagePull"):
                Wait(cluster.Objects, pod, container, "ImagePullBackOff", $"Back-off pulling image \"{container["image"]}\": ErrImagePull: {Dotted.Text(state, "state.waiting.message")}");
                PodEvents.Note(cluster.Objects, pod, "Normal", "BackOff", $"Back-off pulling image \"{container["image"]}\"");
                break;
            case ("running", _):
                Watch(cluster.Objects, images, cluster, pod, container);
                break;
        }
    }

    private static void Pull(KubernetesCluster cluster, PodImages images, JsonObject pod, JsonObject container)
    {
        var (image, objects) = ($"{container["image"]}", cluster.Objects);
        PodEvents.Note(objects, pod, "Normal", "Pulling", $"Pulling image \"{image}\"");
        var pulled = images.Pull(cluster.Facts, image);
        if (pulled.Problem is { } problem)
        {
            var message = $"failed to pull and unpack image \"{PodImages.Full(image)}\": {problem}";
            PodEvents.Note(objects, pod, "Warning", "Failed", $"Failed to pull image \"{image}\": {message}");
            PodEvents.Note(objects, pod, "Warning", "Failed", "Error: ErrImagePull");
            Later(objects, pod, TimeSpan.FromSeconds(10));
            Wait(objects, pod, container, "ErrImagePull", message);
            return;
        }

        PodEvents.Note(objects, pod, "Normal", "Pulled", $"Successfully pulled image \"{image}\"");
        PodStatus.Set(pod, container, "waiting", new() { ["reason"] = "ContainerCreating" })["imageID"] = $"{PodImages.Full(image).Split('@')[0]}@{pulled.Digest}";
        objects.Put(KubernetesKind.Pod, pod);
    }

    private static void Start(ClusterObjects objects, JsonObject pod, JsonObject container)
    {
        var name = $"{container["name"]}";
        PodEvents.Note(objects, pod, "Normal", "Created", $"Created container: {name}");
        PodEvents.Note(objects, pod, "Normal", "Started", $"Started container {name}");
        PodStatus.Set(pod, container, "running", new() { ["startedAt"] = Stamp(objects.Now) });
        pod["status"]!["startTime"] ??= Metadata.Time(objects.Now);
        pod["status"]!["phase"] = "Running";
        PodStatus.Condition(pod, "Ready", isTrue: true, objects.Now);
        objects.Put(KubernetesKind.Pod, pod);
    }

    private static void Watch(ClusterObjects objects, PodImages images, KubernetesCluster cluster, JsonObject pod, JsonObject container)
    {
        var one = PodStatus.Container(pod, $"{container["name"]}")!;
        var began = DateTimeOffset.Parse(Dotted.Text(one, "state.running.startedAt")!, CultureInfo.InvariantCulture);
        var run = PodProgram.Of(pod, container, images.Pull(cluster.Facts, $"{container["image"]}").Image, images.Network);
        if (run.Takes is not { } takes || objects.Now - began < takes) return;

        var details = new JsonObject { ["exitCode"] = run.ExitCode, ["reason"] = run.ExitCode == 0 ? "Completed" : run.Reason ?? "Error", ["startedAt"] = Stamp(began), ["finishedAt"] = Stamp(objects.Now) };
        if (run.Message is not null) details["message"] = run.Message;
        var policy = Dotted.Text(pod, "spec.restartPolicy");
        if (policy == "Always" || (policy == "OnFailure" && run.ExitCode != 0))
        {
            Again(objects, pod, container, details);
            return;
        }

        PodStatus.Set(pod, container, "terminated", details);
        var all = Dotted.Items(pod, "status.containerStatuses").ToList();
        if (all.TrueForAll(other => Dotted.Number(other, "state.terminated.exitCode") is not null)) End(objects, pod, all.TrueForAll(other => Dotted.Number(other, "state.terminated.exitCode") == 0) ? "Succeeded" : "Failed", reason: null);
        else objects.Put(KubernetesKind.Pod, pod);
    }

    private static void Again(ClusterObjects objects, JsonObject pod, JsonObject container, JsonObject details)
    {
        var one = PodStatus.Set(pod, container, "waiting", new() { ["reason"] = "CrashLoopBackOff", ["message"] = $"back-off restarting failed container={container["name"]} pod={Metadata.Name(pod)}_{Metadata.Text(pod, "namespace")}({Metadata.Text(pod, "uid")})" });
        one["lastState"] = new JsonObject { ["terminated"] = details };
        one["restartCount"] = (int)one["restartCount"]! + 1;
        Later(objects, pod, TimeSpan.FromSeconds(Math.Min(300, 10 * Math.Pow(2, Math.Min(5, (int)one["restartCount"]! - 1)))));
        PodEvents.Note(objects, pod, "Warning", "BackOff", $"Back-off restarting failed container {container["name"]} in pod {Metadata.Name(pod)}");
        objects.Put(KubernetesKind.Pod, pod);
    }

    private static void End(ClusterObjects objects, JsonObject pod, string phase, string? reason)
    {
        pod["status"]!["phase"] = phase;
        if (reason is not null) pod["status"]!["reason"] = reason;
        PodStatus.Condition(pod, "Ready", isTrue: false, objects.Now, phase == "Succeeded" ? "PodCompleted" : "PodFailed");
        objects.Put(KubernetesKind.Pod, pod);
    }

    private static void Wait(ClusterObjects objects, JsonObject pod, JsonObject container, string reason, string message)
    {
        PodStatus.Set(pod, container, "waiting", new() { ["reason"] = reason, ["message"] = message });
        objects.Put(KubernetesKind.Pod, pod);
    }

    private static bool IsLate(ClusterObjects objects, JsonObject pod) =>
        Dotted.Number(pod, "spec.activeDeadlineSeconds") is { } seconds && DateTimeOffset.Parse(Metadata.Text(pod, "creationTimestamp")!, CultureInfo.InvariantCulture).AddSeconds(seconds) < objects.Now;

    private static void Later(ClusterObjects objects, JsonObject pod, TimeSpan wait)
    {
        var metadata = Metadata.Of(pod);
        if (metadata["annotations"] is not JsonObject notes) metadata["annotations"] = notes = [];
        notes[Began] = Stamp(objects.Now + wait);
    }

    private static bool IsDue(ClusterObjects objects, JsonObject pod) =>
        DateTimeOffset.TryParse((pod["metadata"]?["annotations"] as JsonObject)?[Began]?.ToString(), CultureInfo.InvariantCulture, out var due) && due <= objects.Now;

    private static string Stamp(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
