using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>What Resource Manager knows of a cluster and its API server must know: a copy, taken for one request.</summary>
internal sealed record ClusterFacts
{
    public required JsonObject Document { get; init; }

    public required IReadOnlyList<PoolFacts> Pools { get; init; }

    public required string Token { get; init; }

    /// <summary>The host name under which it is found, as ARM tells it.</summary>
    public required string HostName { get; init; }

    /// <summary>The first segment of the path, when that told which cluster is meant.</summary>
    public string Prefix { get; init; } = "";

    public string Name => Text("name") ?? "";

    public string Version => Text("properties.currentKubernetesVersion") ?? "1.33.0";

    public string Location => Text("location") ?? "";

    public string NodeGroup => Text("properties.nodeResourceGroup") ?? "";

    public bool IsStopped => Text("properties.powerState.code") == "Stopped";

    /// <summary>Whether people and programs sign in with Entra.</summary>
    public bool TakesEntra => Dotted.True(Document, "properties.aadProfile.managed");

    public string? Text(string path) => Dotted.Text(Document, path);
}

/// <summary>A pool of a cluster.</summary>
internal sealed record PoolFacts(string Name, JsonObject Properties)
{
    public int Count => Text("powerState.code") == "Stopped" ? 0 : Dotted.Number(Properties, "count") ?? 0;

    /// <summary>Nothing is being done to it, so its nodes are all there.</summary>
    public bool IsSettled => Text("provisioningState") is null or "Succeeded";

    public string? Text(string path) => Dotted.Text(Properties, path);
}
