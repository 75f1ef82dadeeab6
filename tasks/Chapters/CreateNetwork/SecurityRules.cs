using System.Globalization;
using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>The fewest rules that let people and pods reach DSS. Everything else from outside the virtual network is shut out by Azure's own last rule.</summary>
public static class SecurityRules
{
    public static IReadOnlyList<JsonNode> Of(Manifest manifest)
    {
        var rules = new List<JsonNode>();
        if (manifest.IsPublic && manifest.Network.AllowedSources is not [])
        {
            var people = new JsonArray([.. manifest.Network.AllowedSources.Select(source => JsonValue.Create(source))]);
            if (manifest.Vm.Access is VmAccess.Ssh) rules.Add(Inbound("allow-ssh", 100, people, "22"));
            rules.Add(Inbound("allow-dss", 110, people, PortOf(manifest.Dss)));
        }

        // Code in pods calls back to DSS on ports that are chosen when it starts, so all of TCP is open to the nodes and to nobody else by this rule.
        rules.Add(Inbound("allow-aks", 200, new JsonArray(AksRange(manifest)), "*"));
        return rules;
    }

    /// <summary>The port that people open in their browser.</summary>
    private static string PortOf(DssSection dss) =>
        dss.Https.Mode is HttpsMode.Proxy ? "443" : dss.Port.ToString(CultureInfo.InvariantCulture);

    private static JsonNode AksRange(Manifest manifest) => manifest.Network.Existing is null
        ? JsonValue.Create(manifest.Network.Subnets.Aks.Prefix!)
        : Reference.To(manifest.Names.AksSubnet.Id, "/properties/addressPrefix");

    private static JsonNode Inbound(string name, int priority, JsonArray sources, string ports) => Json.Of(new
    {
        name,
        properties = new
        {
            priority,
            direction = "Inbound",
            access = "Allow",
            protocol = "Tcp",
            sourceAddressPrefixes = sources,
            sourcePortRange = "*",
            destinationAddressPrefix = "*",
            destinationPortRange = ports,
        },
    });
}
