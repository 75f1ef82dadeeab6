using System.Text.Json.Nodes;

namespace DssPipeline.Planes;

/// <summary>A pod that is to run to its end, once.</summary>
public sealed record PodWish
{
    public required string Namespace { get; init; }

    /// <summary>What its name begins with; the rest is made up, so that two runs do not meet.</summary>
    public required string Name { get; init; }

    public required string Image { get; init; }

    /// <summary>What runs in place of the image's own program; empty: that.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>Further members of the pod's <c>spec</c>: node selector, tolerations, service account.</summary>
    public JsonObject Spec { get; init; } = [];

    /// <summary>What the container asks for, so that a namespace with a quota takes it: <c>cpu</c>, <c>memory</c>.</summary>
    public IReadOnlyDictionary<string, string> Requests { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal) { ["cpu"] = "100m", ["memory"] = "128Mi" };

    internal JsonObject Document(string name)
    {
        var container = new JsonObject
        {
            ["name"] = "main",
            ["image"] = Image,
            ["resources"] = new JsonObject { ["requests"] = Map(Requests), ["limits"] = Map(Requests) },
        };
        if (Command.Count > 0) container["command"] = new JsonArray([.. Command.Select(word => JsonValue.Create(word))]);
        var spec = Spec.DeepClone().AsObject();
        spec["restartPolicy"] = "Never";
        spec["containers"] = new JsonArray(container);
        return new()
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Pod",
            ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = Namespace, ["labels"] = new JsonObject { ["app.kubernetes.io/managed-by"] = Kubernetes.Manager } },
            ["spec"] = spec,
        };
    }

    private static JsonObject Map(IReadOnlyDictionary<string, string> values) => new(values.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value)));
}
