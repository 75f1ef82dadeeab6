using System.Text.Json.Nodes;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>A pool of ours that the manifest names no longer. What runs on its nodes is moved to the others before it goes.</summary>
internal sealed class UnwantedPool(Arm arm, AzureName cluster, string name, string nameInAzure)
    : AzureResource(arm, cluster.Child("agentPool", "agentPools", name) with { Path = cluster.Child("agentPool", "agentPools", nameInAzure).Path }, ManagedCluster.ApiVersion, cluster)
{
    public UnwantedPool(Arm arm, AzureName cluster, string name)
        : this(arm, cluster, name, name)
    {
    }

    public override string Lane => Address.Parent;

    protected override JsonNode? Wish => null;

    /// <summary>It goes with its cluster.</summary>
    public override bool IsOurs(JsonNode observed) => false;
}
