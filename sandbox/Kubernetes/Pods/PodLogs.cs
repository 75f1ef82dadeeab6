using System.Globalization;
using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>What a container has said so far, all at once or as it goes on.</summary>
internal static class PodLogs
{
    public static KubernetesAnswer Answer(KubernetesCluster cluster, KubernetesCall call, Func<bool> refresh)
    {
        var pod = Need(cluster, call);
        var container = Container(pod, call);
        if (!call.Is("follow")) return new(200, Text: Tail(Said(cluster, pod, container, call.Is("previous")) ?? throw Waiting(pod, container), call));

        var told = 0;
        return new(200, Rest: context => KubernetesWatch.FollowAsync(context, call, refresh, () =>
        {
            lock (cluster.Gate)
            {
                cluster.Step();
                if (told < 0 || cluster.Objects.Find(call.Kind!, call.Namespace, call.Name!) is not { } now) return null;

                var said = Said(cluster, now, container, isPrevious: false) ?? "";
                var more = said[told..];
                told = Dotted.Text(now, "status.phase") is "Succeeded" or "Failed" ? -1 : said.Length;
                return more;
            }
        }));
    }

    private static JsonObject Need(KubernetesCluster cluster, KubernetesCall call) =>
        cluster.Objects.Find(call.Kind!, call.Namespace, call.Name!) ?? throw KubernetesRefusal.NotFound(call.Kind!, call.Name!);

    private static JsonObject Container(JsonObject pod, KubernetesCall call)
    {
        var (all, wished) = (Dotted.Items(pod, "spec.containers").ToList(), call.Query["container"].FirstOrDefault());
        if (string.IsNullOrEmpty(wished) && all.Count > 1) throw KubernetesRefusal.Bad($"a container name must be specified for pod {Metadata.Name(pod)}, choose one of: [{string.Join(' ', all.Select(one => $"{one["name"]}"))}]");
        return string.IsNullOrEmpty(wished) ? all[0] : all.Find(one => $"{one["name"]}" == wished) ?? throw KubernetesRefusal.Bad($"container {wished} is not valid for pod {Metadata.Name(pod)}");
    }

    private static string? Said(KubernetesCluster cluster, JsonObject pod, JsonObject container, bool isPrevious)
    {
        var one = PodStatus.Container(pod, $"{container["name"]}");
        var began = isPrevious ? null : Dotted.Text(one, "state.running.startedAt") ?? Dotted.Text(one, "state.terminated.startedAt");
        began ??= Dotted.Text(one, "lastState.terminated.startedAt");
        if (began is null) return null;

        var passed = cluster.Objects.Now - DateTimeOffset.Parse(began, CultureInfo.InvariantCulture);
        return string.Concat(PodProgram.Of(pod, container, cluster.Images.Pull(cluster.Facts, $"{container["image"]}").Image, cluster.Images.Network).Output.Where(said => said.At <= passed).Select(said => said.Text));
    }

    private static string Tail(string said, KubernetesCall call)
    {
        if (!int.TryParse(call.Query["tailLines"].FirstOrDefault(), out var count)) return said;

        var lines = said.Split('\n');
        return string.Join('\n', lines.TakeLast(count + (said.EndsWith('\n') ? 1 : 0)));
    }

    private static KubernetesRefusal Waiting(JsonObject pod, JsonObject container) => KubernetesRefusal.Bad(
        $"container \"{container["name"]}\" in pod \"{Metadata.Name(pod)}\" is waiting to start: {PodStatus.Container(pod, $"{container["name"]}")?["state"]?["waiting"]?["reason"]?.ToString() switch { "ErrImagePull" or "ImagePullBackOff" => "trying and failing to pull image", { } reason => reason, null => "ContainerCreating" }}");
}
