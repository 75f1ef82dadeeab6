using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>An AKS cluster that DSS made and that nobody wants any more.</summary>
internal sealed class UnwantedCluster(Arm arm, Manifest manifest, string name)
    : AzureResource(arm, manifest.Names.Here("managedCluster", "Microsoft.ContainerService/managedClusters", name), ManagedCluster.ApiVersion, manifest.Names.ResourceGroup)
{
    public override string Lane => Address.Id;

    public override bool HoldsData => true;

    public override IReadOnlyList<ResourceId> After => [new("dss", "clusterState", name), manifest.Names.AksSubnet.Id, manifest.Names.DssSubnet.Id];

    protected override JsonNode? Wish => null;
}
