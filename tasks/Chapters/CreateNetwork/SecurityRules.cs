using System.Globalization;
using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>The fewest rules that let people and pods reach DSS. Everything else from outside the virtual network is shut out by Azure's own last rule.</summary>
public static class SecurityRules
{
    public static IReadOnlyList<JsonNode> Of(Manifest manifest)
    {
        var (network, people) = (manifest.Names, manifest.Network.AllowedSources);
        var rules = new List<JsonNode>();
        if (people is not [] && manifest.UsesSsh) rules.Add(Allow("allow-ssh", 100, [.. people], "Tcp", manifest.Vm.SshPort.ToString(CultureInfo.InvariantCulture)));
        if (people is not []) rules.Add(Allow("allow-dss", 110, [.. people], "Tcp", PortOf(manifest.Dss)));

        // Code in pods calls back to DSS on ports that are chosen when it starts, so all of TCP is open to the nodes and to nobody else by this rule.
        rules.Add(Allow("allow-aks", 200, [RangeOf(manifest, network.AksSubnet, manifest.Network.Subnets.Aks)], "Tcp", "*"));
        // Nodes beside the machine speak to each other in other protocols as well.
        if (HasNodesBeside(manifest)) rules.Add(Allow("allow-beside", 210, [RangeOf(manifest, network.DssSubnet, manifest.Network.Subnets.Dss)], "*", "*"));

        // Azure's own rule 65000 lets the whole virtual network in, and to Azure its peers and everything on-premises behind a gateway belong to it.
        // With private access people come from there, so this one stands before it: in come those named above, and Azure's load balancer by its rule 65001.
        if (!manifest.IsPublic) rules.Add(Inbound("deny-others", 4000, "Deny", ["VirtualNetwork"], "*", "*"));
        return rules;
    }

    /// <summary>The port that people open in their browser.</summary>
    private static string PortOf(DssSection dss) =>
        dss.Https.Mode is HttpsMode.Proxy ? "443" : dss.Port.ToString(CultureInfo.InvariantCulture);

    private static bool HasNodesBeside(Manifest manifest) =>
        manifest.Aks.Clusters.SelectMany(manifest.Aks.PoolsOf).Any(pool => pool.Subnet is PoolSubnet.Dss);

    private static JsonNode RangeOf(Manifest manifest, AzureName subnet, SubnetSection wish) => manifest.Network.Existing is null
        ? JsonValue.Create(wish.Prefix!)
        : Reference.To(subnet.Id, "/properties/addressPrefix");

    private static JsonNode Allow(string name, int priority, JsonArray sources, string protocol, string ports) =>
        Inbound(name, priority, "Allow", sources, protocol, ports);

    private static JsonNode Inbound(string name, int priority, string access, JsonArray sources, string protocol, string ports) => Json.Of(new
    {
        name,
        properties = new
        {
            priority,
            direction = "Inbound",
            access,
            protocol,
            sourceAddressPrefixes = sources,
            sourcePortRange = "*",
            destinationAddressPrefix = "*",
            destinationPortRange = ports,
        },
    });
}
