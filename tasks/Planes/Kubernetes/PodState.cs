using System.Text.Json.Nodes;

namespace DssPipeline.Planes;

/// <summary>A pod as it was seen.</summary>
internal sealed class PodState(JsonNode? pod)
{
    private readonly JsonNode? container = (pod?["status"]?["containerStatuses"] as JsonArray)?.FirstOrDefault();

    public bool IsThere => pod is not null;

    public string Phase => Text(pod?["status"]?["phase"]) ?? "Gone";

    public bool HasEnded => Phase is "Succeeded" or "Failed" or "Gone";

    public string? Node => Text(pod?["spec"]?["nodeName"]);

    public string? ImageId => Text(container?["imageID"]) is { Length: > 0 } id ? id : null;

    public int? ExitCode => container?["state"]?["terminated"]?["exitCode"] is JsonValue code && code.TryGetValue(out int number) ? number : null;

    /// <summary>What the end of the container left as its reason, such as OOMKilled.</summary>
    public string? Reason => Text(container?["state"]?["terminated"]?["message"]) ?? Text(container?["state"]?["terminated"]?["reason"]) ?? Text(pod?["status"]?["reason"]);

    /// <summary>Why the image does not come; null when it does.</summary>
    public string? PullTrouble => Text(container?["state"]?["waiting"]?["reason"]) is "ErrImagePull" or "ImagePullBackOff" or "InvalidImageName" ? Text(container!["state"]!["waiting"]!["message"]) ?? "no reason told" : null;

    /// <summary>Why no node takes it; null when one did.</summary>
    public string? Unplaced => (pod?["status"]?["conditions"] as JsonArray ?? []).FirstOrDefault(condition => Text(condition?["type"]) == "PodScheduled" && Text(condition?["status"]) == "False") is { } placed ? Text(placed["message"]) : null;

    private static string? Text(JsonNode? node) => node?.ToString();
}
