using System.Text.Json.Nodes;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>A pool of ours that the manifest names no longer. What runs on its nodes is moved to the others before it goes.</summary>
internal sealed class UnwantedPool(Arm arm, AzureName cluster, string name)
    : AzureResource(arm, cluster.Child("agentPool", "agentPools", name), ManagedCluster.ApiVersion, cluster)
{
    public override string Lane => Address.Parent;

    protected override JsonNode? Wish => null;

    /// <summary>It goes with its cluster.</summary>
    public override bool IsOurs(JsonNode observed) => false;
}
