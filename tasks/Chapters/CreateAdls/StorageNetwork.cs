using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>From where an account is reachable: everywhere, from what the manifest names, or through private endpoints alone.</summary>
internal sealed class StorageNetwork(Manifest manifest, AdlsSection account)
{
    private readonly StorageNetworkSection network = account.Network;

    public bool IsPublic => network.PublicAccess ?? manifest.IsPublic;

    /// <summary>The subnets that may come in: they must know the service before the account names them.</summary>
    public IReadOnlyList<ResourceId> Subnets => [.. AllowedSubnets.Select(subnet => subnet.Id)];

    /// <summary>The rules as Azure writes them.</summary>
    public object Rules => new
    {
        bypass = "AzureServices",
        defaultAction = IsPublic && network is { AllowedSources: [], AllowedSubnets: [] } ? "Allow" : "Deny",
        ipRules = network.AllowedSources.Select(source => new { value = Spelled(source), action = "Allow" }),
        virtualNetworkRules = AllowedSubnets.Select(subnet => new { id = subnet.Path, action = "Allow" }),
    };

    private IEnumerable<AzureName> AllowedSubnets =>
        network.AllowedSubnets.Select(subnet => subnet == "aks" ? manifest.Names.AksSubnet : manifest.Names.DssSubnet);

    // Azure takes a single address only without its prefix length.
    private static string Spelled(string source) => source.EndsWith("/32", StringComparison.Ordinal) ? source[..^3] : source;
}
