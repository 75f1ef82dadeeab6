namespace DssPipeline.Chapters;

/// <summary>Whether public or private access is meant all the way through.</summary>
internal static class AccessChecks
{
    public static IReadOnlyList<Check> All { get; } =
    [
        new(["/network", "/vm/publicIp"], PublicMachine),
        new(["/network", "/vm/publicIp"], PrivateMachine),
        new(["/network"], PrivatePeople),
        new(["/network", "/registry"], PrivateRegistry),
        new(["/network"], PrivateNetwork),
        new(["/registry"], Registry),
    ];

    private static IEnumerable<Mismatch> PublicMachine(Manifest manifest)
    {
        if (manifest.IsPublic && manifest.Vm.PublicIp is not false && manifest.Network.AllowedSources is [])
        {
            yield return new("/network/allowedSources", Summaries.Contradiction, "network.access is public, but network.allowedSources names nobody, so nobody could reach DSS. List the ranges your people and your pipeline come from, such as 203.0.113.0/24, or set network.access to private.");
        }
    }

    private static IEnumerable<Mismatch> PrivateMachine(Manifest manifest)
    {
        if (!manifest.IsPublic && manifest.Vm.PublicIp is true)
        {
            yield return new("/vm/publicIp", Summaries.Contradiction, "vm.publicIp is true, but network.access is private, where nothing has a public address. Remove vm.publicIp, or set network.access to public.");
        }
    }

    private static IEnumerable<Mismatch> PrivatePeople(Manifest manifest)
    {
        if (!manifest.IsPublic && manifest.Network.AllowedSources is [])
        {
            yield return new("/network/allowedSources", Summaries.Contradiction, "network.access is private, and network.allowedSources names nobody, so nobody could reach DSS. List the ranges of your offices and machines behind the network, such as 10.0.0.0/8.");
        }
    }

    private static IEnumerable<Mismatch> PrivateRegistry(Manifest manifest)
    {
        if (!manifest.IsPublic && manifest.Registry.PublicAccess is not true && manifest.Registry.Sku != "Premium")
        {
            yield return new("/registry/sku", Summaries.Contradiction, $"registry.sku is {manifest.Registry.Sku}, but network.access is private, and only Premium registries have private endpoints. Set registry.sku to Premium, or registry.publicAccess to true.");
        }
    }

    private static IEnumerable<Mismatch> PrivateNetwork(Manifest manifest)
    {
        if (!manifest.IsPublic && manifest.Network.Existing is { EndpointsSubnet: null })
        {
            yield return new("/network/existing", Summaries.Contradiction, "network.access is private, but network.existing names no endpointsSubnet, so the private endpoints have nowhere to live. Name a subnet of the existing network for them.");
        }

        if (manifest.Network.PrivateDns is { Mode: PrivateDnsMode.Existing, ResourceGroupId: null })
        {
            yield return new("/network/privateDns/mode", Summaries.Contradiction, "network.privateDns.mode is existing, but network.privateDns.resourceGroupId does not say where the zones are. State the ARM id of their resource group.");
        }
    }

    private static IEnumerable<Mismatch> Registry(Manifest manifest)
    {
        var (registry, premium) = (manifest.Registry, manifest.Registry.Sku == "Premium");
        if (registry.ZoneRedundant && !premium) yield return OnlyPremium("zoneRedundant", registry.Sku);
        if (registry.RetentionDays > 0 && !premium) yield return OnlyPremium("retentionDays", registry.Sku);
    }

    private static Mismatch OnlyPremium(string key, string sku) =>
        new($"/registry/{key}", Summaries.Contradiction, $"registry.{key} is set, but registry.sku is {sku}, and only Premium registries have it. Set registry.sku to Premium, or remove registry.{key}.");
}
