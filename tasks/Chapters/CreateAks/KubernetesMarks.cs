using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>Labels that say which deployment made an object of a cluster, and which labels of it are ours.</summary>
internal static class KubernetesMarks
{
    public const string Deployment = "dss-pipeline/deployment";

    private const string Server = "kubernetes.io/metadata.name";

    public static JsonObject With(IEnumerable<KeyValuePair<string, string>> labels, string deployment) =>
        new(labels.Where(label => label.Key != Deployment).Append(new(Deployment, deployment)).Select(label => KeyValuePair.Create(label.Key, (JsonNode?)label.Value)));

    public static string? DeploymentOf(JsonNode? observed) => Labels(observed)?[Deployment]?.ToString();

    /// <summary>Labels as a list, in which one that nobody wishes any more shows: those that are wished and those that this pipeline gave.</summary>
    public static JsonArray List(JsonNode? observed, IEnumerable<string> wished)
    {
        var ours = Applied(observed).Concat(wished).ToHashSet(StringComparer.Ordinal);
        return [.. (Labels(observed) ?? []).Where(label => label.Key != Server && ours.Contains(label.Key)).Select(label => Entry(label.Key, $"{label.Value}"))];
    }

    public static JsonObject Entry(string name, string value) => new() { ["name"] = name, ["value"] = value };

    /// <summary>Why an object must be left alone; null when it is ours, or nobody's and about to be adopted.</summary>
    public static Problem? Objection(ResourceId id, string deployment, JsonNode? observed) => observed?["deployment"]?.ToString() is { } owner && owner != deployment
        ? new Problem(
            "Belongs to another deployment",
            $"{id} carries the label {Deployment} with the value {owner}, and this is {deployment}. Two deployments would undo each other's work. Choose another name in the manifest, or remove the label if {owner} is gone.")
        : null;

    private static JsonObject? Labels(JsonNode? observed) => observed?["metadata"]?["labels"] as JsonObject;

    private static IEnumerable<string> Applied(JsonNode? observed) => (observed?["metadata"]?["managedFields"] as JsonArray ?? [])
        .Where(entry => $"{entry?["manager"]}" == Kubernetes.Manager && $"{entry?["operation"]}" == "Apply")
        .SelectMany(entry => entry!["fieldsV1"]?["f:metadata"]?["f:labels"] as JsonObject ?? [])
        .Select(field => field.Key[2..]);
}
