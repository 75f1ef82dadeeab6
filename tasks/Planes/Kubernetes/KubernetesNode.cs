using System.Globalization;
using System.Text.Json.Nodes;

namespace DssPipeline.Planes;

/// <summary>A node as its API server tells it.</summary>
/// <param name="Pool">The agent pool it belongs to.</param>
/// <param name="Trouble">Why it is not ready; null when it is.</param>
public sealed record KubernetesNode(string Name, string Pool, bool IsReady, string Version, string? Trouble)
{
    /// <summary>How many GPUs of NVIDIA it offers to pods.</summary>
    public int Gpus { get; init; }

    internal static KubernetesNode Read(JsonNode node)
    {
        var ready = (node["status"]?["conditions"] as JsonArray ?? []).FirstOrDefault(condition => $"{condition?["type"]}" == "Ready");
        var isReady = $"{ready?["status"]}" == "True";
        return new(
            $"{node["metadata"]?["name"]}",
            $"{node["metadata"]?["labels"]?["agentpool"]}",
            isReady,
            $"{node["status"]?["nodeInfo"]?["kubeletVersion"]}".TrimStart('v'),
            isReady ? null : $"{ready?["reason"] ?? "no word of it yet"}")
        {
            Gpus = int.TryParse($"{node["status"]?["allocatable"]?["nvidia.com/gpu"]}", CultureInfo.InvariantCulture, out var gpus) ? gpus : 0,
        };
    }
}
