using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>A namespace of ours that the manifest names no longer. Everything in it goes with it.</summary>
internal sealed class UnwantedNamespace(Kubernetes cluster, ClusterNames names, string space, string clusterName) : Resource(names.Namespace(space))
{
    private readonly KubernetesName name = new("namespaces", null, space);

    public override bool HoldsData => true;

    public override TimeSpan? Patience => TimeSpan.FromMinutes(10);

    public override JsonNode? Desired => null;

    public override string Interruption(IReadOnlyList<Difference> differences) => $"What runs in the namespace {space} of {clusterName} ends.";

    public override Task<JsonNode?> ObserveAsync(CancellationToken cancel) => cluster.GetAsync(name, cancel);

    public override Task ApplyAsync(Change change, CancellationToken cancel) => cluster.DeleteAsync(name, cancel);
}
