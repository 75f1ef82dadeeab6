using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Objects as the table that kubectl prints for people.</summary>
internal static class KubernetesTable
{
    public static JsonObject Of(KubernetesKind kind, IReadOnlyList<JsonObject> found, DateTimeOffset now, long revision)
    {
        (string Title, Func<JsonObject, string> Cell)[] columns = [("Name", Metadata.Name), .. Middle(kind), ("Age", subject => Age(Metadata.Text(subject, "creationTimestamp"), now))];
        return new()
        {
            ["kind"] = "Table",
            ["apiVersion"] = "meta.k8s.io/v1",
            ["metadata"] = new JsonObject { ["resourceVersion"] = $"{revision}" },
            ["columnDefinitions"] = new JsonArray([.. columns.Select(column => new JsonObject { ["name"] = column.Title, ["type"] = "string", ["format"] = column.Title == "Name" ? "name" : "", ["description"] = "", ["priority"] = 0 })]),
            ["rows"] = new JsonArray([.. found.Select(subject => new JsonObject
            {
                ["cells"] = new JsonArray([.. columns.Select(column => JsonValue.Create(column.Cell(subject)))]),
                ["object"] = new JsonObject { ["kind"] = "PartialObjectMetadata", ["apiVersion"] = "meta.k8s.io/v1", ["metadata"] = subject["metadata"]?.DeepClone() },
            })]),
        };
    }

    private static (string Title, Func<JsonObject, string> Cell)[] Middle(KubernetesKind kind) => kind.Kind switch
    {
        "Node" => [("Status", _ => "Ready"), ("Roles", _ => "<none>"), ("Version", node => Dotted.Text(node, "status.nodeInfo.kubeletVersion") ?? "")],
        "Namespace" => [("Status", space => Dotted.Text(space, "status.phase") ?? "")],
        "Pod" => [("Ready", pod => $"{Dotted.Items(pod, "status.containerStatuses").Count(one => Dotted.True(one, "ready"))}/{Dotted.Items(pod, "spec.containers").Count()}"), ("Status", PodStatus), ("Restarts", pod => $"{Dotted.Items(pod, "status.containerStatuses").Sum(one => Dotted.Number(one, "restartCount") ?? 0)}")],
        "Event" => [("Type", happening => $"{happening["type"]}"), ("Reason", happening => $"{happening["reason"]}"), ("Object", happening => $"{Dotted.Text(happening, "involvedObject.kind")?.ToLowerInvariant()}/{Dotted.Text(happening, "involvedObject.name")}"), ("Message", happening => $"{happening["message"]}")],
        _ => [],
    };

    private static string PodStatus(JsonObject pod)
    {
        if (Metadata.IsGoing(pod)) return "Terminating";

        var states = Dotted.Items(pod, "status.containerStatuses").ToList();
        return states.Select(one => Dotted.Text(one, "state.waiting.reason") ?? Dotted.Text(one, "state.terminated.reason")).FirstOrDefault(reason => reason is not null) ?? Dotted.Text(pod, "status.phase") ?? "";
    }

    private static string Age(string? since, DateTimeOffset now)
    {
        if (!DateTimeOffset.TryParse(since, out var born)) return "<unknown>";

        var age = now - born;
        return age.TotalDays >= 2 ? $"{age.TotalDays:0}d" : age.TotalMinutes >= 2 ? $"{age.TotalMinutes:0}m" : $"{Math.Max(0, age.TotalSeconds):0}s";
    }
}
