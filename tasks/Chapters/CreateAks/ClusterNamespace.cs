using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>A namespace with its labels. Labels that others gave it stay.</summary>
public sealed class ClusterNamespace(Kubernetes cluster, ClusterNames names, NamespaceSection wish, string deployment) : Resource(names.Namespace(wish.Name))
{
    private readonly KubernetesName name = new("namespaces", null, wish.Name);

    public required ResourceId Host { get; init; }

    public override ResourceId? LivesIn => Host;

    public override bool HoldsData => true;

    // One of the same name may be going still, with all that was in it.
    public override TimeSpan? Patience => TimeSpan.FromMinutes(10);

    public override Comparison Comparison => Comparison.Plain with { Unordered = ["/labels"] };

    public override JsonNode Desired => new JsonObject
    {
        ["phase"] = "Active",
        ["deployment"] = deployment,
        ["labels"] = new JsonArray([.. wish.Labels.Select(label => KubernetesMarks.Entry(label.Key, label.Value))]),
    };

    /// <summary>It goes with its cluster.</summary>
    public override bool IsOurs(JsonNode observed) => false;

    public override Problem? Objection(Verb verb, JsonNode? desired, JsonNode? observed) => KubernetesMarks.Objection(Id, deployment, observed);

    public override async Task<JsonNode?> ObserveAsync(CancellationToken cancel)
    {
        if (await cluster.GetAsync(name, cancel) is not { } seen) return null;

        return new JsonObject
        {
            ["phase"] = seen["status"]?["phase"]?.DeepClone(),
            ["deployment"] = KubernetesMarks.DeploymentOf(seen),
            ["labels"] = new JsonArray([.. KubernetesMarks.List(seen, wish.Labels.Keys).Where(label => $"{label!["name"]}" != KubernetesMarks.Deployment).Select(label => label!.DeepClone())]),
        };
    }

    public override Task ApplyAsync(Change change, CancellationToken cancel) => cluster.ApplyAsync(
        new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Namespace",
            ["metadata"] = new JsonObject { ["name"] = wish.Name, ["labels"] = KubernetesMarks.With(wish.Labels, deployment) },
        },
        cancel);
}
