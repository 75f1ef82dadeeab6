using System.Net;
using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>What AKS refuses of a cluster.</summary>
internal static class ClusterChecks
{
    public static void Run(Write write, IReadOnlyList<Write> pools)
    {
        if (write.IsNew) CheckBirth(write, pools);
        else NeedRunning(write.Existing!);
        CheckVersion(write);
        CheckNetwork(write, pools);
        CheckModes(write);
    }

    public static void NeedRunning(ArmRecord cluster)
    {
        if (Dotted.Text(cluster.Document, "properties.powerState.code") == "Stopped") throw new ArmError(409, "OperationNotAllowed", $"Managed cluster {cluster.Id.Name} is stopped: only start and delete are allowed.");
    }

    /// <summary>Up, and one minor at a time.</summary>
    public static void NeedUpgrade(string from, string to)
    {
        if (from == to || KubernetesVersions.Upgrades(from).Any(offered => offered!.GetValue<string>() == to)) return;
        throw new ArmError(400, "OperationNotAllowed", $"Upgrading Kubernetes version {from} to {to} is not allowed. Available upgrades: [{string.Join(' ', KubernetesVersions.Upgrades(from).Select(offered => offered!.GetValue<string>()))}]. Please see https://aka.ms/aks-supported-k8s-ver for version details.");
    }

    private static void CheckBirth(Write write, IReadOnlyList<Write> pools)
    {
        if (pools.Count == 0) throw Missing("agentPoolProfiles");
        if (write.Text("properties.dnsPrefix") is null && write.Text("properties.fqdnSubdomain") is null) throw Missing("dnsPrefix");
        if (write.Wish["identity"] is null && write.Text("properties.servicePrincipalProfile.clientId") is null) throw Missing("servicePrincipalProfile");
        if (!pools.Any(pool => pool.Text("properties.mode") == "System")) throw new ArmError(400, "InvalidParameter", "There has to be at least one system agent pool.") { Target = "agentPoolProfiles" };
    }

    private static void CheckVersion(Write write)
    {
        if (write.Text("properties.kubernetesVersion") is not { } wished) return;
        var current = Dotted.Text(write.Existing?.Document, "properties.currentKubernetesVersion");
        if (current is not null && (wished == current || wished == Dotted.Text(write.Existing?.Document, "properties.kubernetesVersion"))) return;

        var resolved = KubernetesVersions.Resolve(wished) ?? throw new ArmError(400, "K8sVersionNotSupported", $"Managed cluster {write.Id.Name} is on version {wished} which is not supported in this region. Please use [az aks get-versions] command to get the supported version list in this region. For more information, please check https://aka.ms/supported-version-list");
        if (current is not null) NeedUpgrade(current, resolved);
    }

    private static void CheckNetwork(Write write, IReadOnlyList<Write> pools)
    {
        var range = write.Text("properties.networkProfile.serviceCidr") ?? Dotted.Text(write.Existing?.Document, "properties.networkProfile.serviceCidr") ?? "10.0.0.0/16";
        var services = Cidr.Parse(range, write.Id.Name);
        var dns = write.Text("properties.networkProfile.dnsServiceIP") ?? (write.IsNew ? "10.0.0.10" : null);
        if (dns is not null && (!IPAddress.TryParse(dns, out var address) || !services.Contains(address))) throw new ArmError(400, "InvalidParameter", $"The DNS service IP {dns} must be inside the service CIDR {range}.") { Target = "networkProfile.dnsServiceIP" };
        if (services.PrefixLength < 12) throw new ArmError(400, "InvalidParameter", $"The service CIDR {range} must be smaller than /12.") { Target = "networkProfile.serviceCidr" };

        foreach (var subnet in pools.Select(pool => write.World.Record(pool.Text("properties.vnetSubnetID"))).OfType<ArmRecord>())
        {
            var siblings = write.World.Children(subnet.Id.Parent!, "subnets").SelectMany(record => SubnetRules.Prefixes(record.Document, record.Id.Name));
            if (siblings.FirstOrDefault(prefix => Cidr.Overlap(services, prefix)) is { PrefixLength: > 0 } clash) throw new ArmError(400, "ServiceCidrOverlapExistingSubnetsCidr", $"The specified service CIDR {range} is conflicted with an existing subnet CIDR {clash}.") { Target = "networkProfile.serviceCidr" };
        }
    }

    /// <summary>Moves that go one way only.</summary>
    private static void CheckModes(Write write)
    {
        if (write.Existing?.Document is not { } kept) return;
        Refuse("networkPlugin", (from, to) => from == to || (from == "kubenet" && to == "azure" && write.Text("properties.networkProfile.networkPluginMode") == "overlay"));
        Refuse("networkPluginMode", (from, to) => from == to || from is null);
        Refuse("networkPolicy", (from, to) => from == to || from is null or "none" || to == "cilium");
        Refuse("networkDataplane", (from, to) => from == to || (from == "azure" && to == "cilium"));

        void Refuse(string property, Func<string?, string, bool> allows)
        {
            var path = $"properties.networkProfile.{property}";
            var (from, to) = (Dotted.Text(kept, path), write.Text(path));
            if (to is not null && !allows(from, to)) throw new ArmError(409, "PropertyChangeNotAllowed", $"Changing property '{path}' from '{from}' to '{to}' is not allowed.") { Target = path };
        }
    }

    private static ArmError Missing(string parameter) => new(400, "InvalidParameter", $"Required parameter {parameter} is missing (null).") { Target = parameter };
}
