using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>How services are reached from inside the virtual network alone, when network.access is private.</summary>
public static class PrivateAccess
{
    /// <summary>The services that have private endpoints, with the private DNS zones their names are looked up in.</summary>
    private static readonly Dictionary<string, string> Zones = new(StringComparer.Ordinal)
    {
        ["vault"] = "privatelink.vaultcore.azure.net",
        ["registry"] = "privatelink.azurecr.io",
        ["blob"] = "privatelink.blob.core.windows.net",
        ["dfs"] = "privatelink.dfs.core.windows.net",
    };

    /// <summary>The zones the deployment needs, each once.</summary>
    public static IEnumerable<string> ZonesOf(Manifest manifest) =>
        manifest.IsPublic || manifest.Network.PrivateDns.Mode is PrivateDnsMode.None ? []
        : manifest.Adls is [] ? [Zones["vault"], Zones["registry"]]
        : Zones.Values;

    /// <summary>Endpoints for the services of a target (<c>blob</c>, <c>dfs</c>), and what makes their names known; nothing when access is public.</summary>
    public static IEnumerable<Resource> To(Arm arm, Manifest manifest, AzureName target, params IEnumerable<string> services)
    {
        if (manifest.IsPublic) yield break;

        foreach (var service in services)
        {
            yield return new PrivateEndpoint(arm, manifest, target, service);
            if (manifest.Network.PrivateDns.Mode is PrivateDnsMode.None) continue;

            yield return new PrivateDnsZoneGroup(arm, manifest, manifest.Names.PrivateEndpoint(target, service), Zones[service]);
        }
    }
}
