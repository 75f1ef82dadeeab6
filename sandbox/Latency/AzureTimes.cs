namespace DssPipeline.Sandbox;

/// <summary>How long Azure takes to answer, from recorded traffic; single samples, so good for proportions, not for promises.</summary>
internal static class AzureTimes
{
    // Children stand before their parents: the path of an agent pool also names its cluster.
    private static readonly (string Segment, double Seconds)[] Writes =
    [
        ("/agentPools/", 5),
        ("/managedClusters/", 7),
        ("/virtualMachines/", 2),
        ("/disks/", 3),
        ("/privateEndpoints/", 1.5),
        ("/privateDnsZones/", 1),
        ("/virtualNetworks/", 1.5),
        ("/blobServices/", 1),
        ("/managementPolicies/", 1),
        ("/storageAccounts/", 2.7),
        ("/vaults/", 2),
        ("/registries/", 2),
        ("/userAssignedIdentities/", 2),
        ("/providers/", 1),
    ];

    private static readonly TimeSpan WriteOfGroup = TimeSpan.FromSeconds(2.4);

    public static TimeSpan Request(Endpoint endpoint, string method, string path) => endpoint switch
    {
        Endpoint.Imds => TimeSpan.FromMilliseconds(20),
        Endpoint.Entra or Endpoint.Oidc => TimeSpan.FromMilliseconds(300),
        Endpoint.KeyVault or Endpoint.Blob or Endpoint.Kubernetes or Endpoint.Registry => TimeSpan.FromMilliseconds(40),
        _ when method is "PUT" or "PATCH" => Write(path),
        _ => TimeSpan.FromMilliseconds(200),
    };

    private static TimeSpan Write(string path)
    {
        foreach (var (segment, seconds) in Writes)
        {
            if (path.Contains(segment, StringComparison.OrdinalIgnoreCase)) return TimeSpan.FromSeconds(seconds);
        }

        return WriteOfGroup;
    }
}
