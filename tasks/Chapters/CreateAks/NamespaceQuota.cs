using System.Globalization;
using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>How much the pods of a namespace may ask for. Without a wish, the one that this pipeline made goes; others are left alone.</summary>
public sealed class NamespaceQuota(Kubernetes cluster, ClusterNames names, NamespaceSection wish, string deployment) : Resource(names.Quota(wish.Name))
{
    private const string Cores = "requests.cpu";
    private const string Memory = "requests.memory";
    private const string Pods = "pods";
    private const decimal Gi = 1024m * 1024 * 1024;

    private readonly KubernetesName name = new("resourcequotas", wish.Name, "dss-pipeline");

    public override ResourceId? LivesIn => names.Namespace(wish.Name);

    /// <summary>Nothing is lost with it.</summary>
    public override bool NeedsPermission => false;

    // A limit that is not wished is a wish as well: that there is none.
    public override JsonNode? Desired => wish.Quota is not { } quota ? null : new JsonObject
    {
        ["deployment"] = deployment,
        ["cpu"] = quota.Cpu,
        ["memory"] = quota.Memory,
        ["pods"] = quota.Pods,
    };

    public override bool IsOurs(JsonNode observed) => observed["deployment"]?.ToString() == deployment;

    public override Problem? Objection(Verb verb, JsonNode? desired, JsonNode? observed) => KubernetesMarks.Objection(Id, deployment, observed);

    public override async Task<JsonNode?> ObserveAsync(CancellationToken cancel)
    {
        if (await cluster.GetAsync(name, cancel) is not { } seen) return null;

        var hard = seen["spec"]?["hard"] as JsonObject ?? [];
        return new JsonObject
        {
            ["deployment"] = KubernetesMarks.DeploymentOf(seen),
            ["cpu"] = Number(hard[Cores], 1),
            ["memory"] = Number(hard[Memory], Gi),
            ["pods"] = Number(hard[Pods], 1),
        };
    }

    public override Task ApplyAsync(Change change, CancellationToken cancel) => change.Verb is Verb.Delete ? cluster.DeleteAsync(name, cancel) : cluster.ApplyAsync(
        new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "ResourceQuota",
            ["metadata"] = new JsonObject { ["name"] = name.Name, ["namespace"] = wish.Name, ["labels"] = KubernetesMarks.With([], deployment) },
            ["spec"] = new JsonObject { ["hard"] = Hard() },
        },
        cancel);

    private JsonObject Hard()
    {
        var hard = new JsonObject();
        if (wish.Quota?.Cpu is { } cores) hard[Cores] = cores.ToString(CultureInfo.InvariantCulture);
        if (wish.Quota?.Memory is { } memory) hard[Memory] = string.Create(CultureInfo.InvariantCulture, $"{memory}Gi");
        if (wish.Quota?.Pods is { } pods) hard[Pods] = pods.ToString(CultureInfo.InvariantCulture);
        return hard;
    }

    // Whole numbers of our unit are told as such; anything else as it is written, so that it shows.
    private static JsonValue? Number(JsonNode? written, decimal unit) => written is null ? null
        : KubernetesQuantity.Read($"{written}") is { } amount && amount / unit % 1 == 0 && amount / unit <= int.MaxValue ? JsonValue.Create((int)(amount / unit))
        : JsonValue.Create($"{written}");
}
