namespace DssPipeline.Sandbox;

/// <summary>How long Azure takes, from recorded traffic; single samples, so good for proportions, not for promises.</summary>
internal static class AzureTimes
{
    private static readonly (string Segment, double Put, double Operation)[] Types =
    [
        ("/agentpools/", 5, 180),
        ("/managedclusters/", 7, 300),
        ("/virtualmachines/", 2, 90),
        ("/disks/", 3, 4),
        ("/privateendpoints/", 1.5, 60),
        ("/privatednszones/", 1, 30),
        ("/virtualnetworks/", 1.5, 6),
        ("/networksecuritygroups/", 1, 4),
        ("/publicipaddresses/", 1, 4),
        ("/networkinterfaces/", 1, 4),
        ("/blobservices/", 1, 0),
        ("/managementpolicies/", 1, 0),
        ("/storageaccounts/", 2.7, 20),
        ("/vaults/", 2, 30),
        ("/registries/", 2, 0),
        ("/userassignedidentities/", 2, 0),
        ("/roleassignments/", 1, 0),
    ];

    public static TimeSpan Request(Endpoint endpoint, string method, string path) => endpoint switch
    {
        Endpoint.Imds => TimeSpan.FromMilliseconds(20),
        Endpoint.Entra or Endpoint.Oidc => TimeSpan.FromMilliseconds(300),
        Endpoint.KeyVault or Endpoint.Blob => TimeSpan.FromMilliseconds(40),
        _ when method is "PUT" or "PATCH" => TimeSpan.FromSeconds(Row(path)?.Put ?? 2.4),
        _ => TimeSpan.FromMilliseconds(200),
    };

    public static TimeSpan Operation(string method, string path) => (method, Row(path)) switch
    {
        ("DELETE", null) => TimeSpan.FromMinutes(3),
        (_, { } row) => TimeSpan.FromSeconds(row.Operation),
        _ => TimeSpan.Zero,
    };

    // Children stand before their parents in the table: an agent pool's path also names its cluster.
    private static (string Segment, double Put, double Operation)? Row(string path)
    {
        foreach (var row in Types)
        {
            if (path.Contains(row.Segment, StringComparison.OrdinalIgnoreCase)) return row;
        }

        return null;
    }
}
