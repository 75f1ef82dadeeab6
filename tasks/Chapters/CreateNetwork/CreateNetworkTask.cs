using Cake.Frosting;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The virtual network of DSS and its clusters, and who may come in.</summary>
[TaskName("CreateNetwork"), TaskDescription("Virtual network, subnets for DSS and AKS, who may come in; or the network that exists")]
[IsDependentOn(typeof(CreateResourceGroupTask))]
public sealed class CreateNetworkTask(Arm arm) : ConvergingTask
{
    public override IEnumerable<Resource> Declare(Manifest manifest) =>
    [
        .. manifest.Network.Existing is { } existing ? Look(manifest, existing).DistinctBy(resource => resource.Id) : Make(manifest),
        .. manifest.Vm.PublicIp ?? manifest.IsPublic ? [new PublicIp(arm, manifest)] : Array.Empty<Resource>(),
        .. PrivateAccess.ZonesOf(manifest).SelectMany(zone => Zone(manifest, zone)),
    ];

    private IEnumerable<Resource> Make(Manifest manifest)
    {
        var (names, subnets) = (manifest.Names, manifest.Network.Subnets);

        yield return new VirtualNetwork(arm, manifest);
        yield return new SecurityGroup(arm, manifest);
        yield return new Subnet(arm, manifest, names.DssSubnet, subnets.Dss, SubnetUse.Dss);
        yield return new Subnet(arm, manifest, names.AksSubnet, subnets.Aks, SubnetUse.Aks);
        if (!manifest.IsPublic) yield return new Subnet(arm, manifest, names.EndpointsSubnet, subnets.Endpoints, SubnetUse.Endpoints);
    }

    private IEnumerable<Resource> Look(Manifest manifest, ExistingNetworkSection existing)
    {
        const string network = "/network/existing";
        var names = manifest.Names;

        yield return There(names.VirtualNetwork, $"{network}/virtualNetworkId");
        yield return There(names.DssSubnet, $"{network}/dssSubnet");
        yield return There(names.AksSubnet, $"{network}/aksSubnet");
        if (existing.EndpointsSubnet is not null) yield return There(names.EndpointsSubnet, $"{network}/endpointsSubnet");

        // The subnet is not ours to guard, so this one is laid on the machine's network interface.
        yield return new SecurityGroup(arm, manifest);

        Existing There(AzureName name, string key) => new(arm, manifest, name, "2025-01-01", key);
    }

    private IEnumerable<Resource> Zone(Manifest manifest, string zone)
    {
        if (manifest.Network.PrivateDns.Mode is PrivateDnsMode.Existing)
        {
            yield return new Existing(arm, manifest, manifest.Names.PrivateDnsZone(zone), "2024-06-01", "/network/privateDns/resourceGroupId");
            yield break;
        }

        yield return new PrivateDnsZone(arm, manifest, zone);
        yield return new PrivateDnsLink(arm, manifest, zone);
    }
}
