using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>What AKS decides about a cluster.</summary>
internal static class ClusterFillings
{
    private const string Network = "properties.networkProfile.";

    public static void Run(Write write)
    {
        var document = write.Document;
        Dotted.Write(document, "properties.powerState", write.Once("properties.powerState", () => new JsonObject { ["code"] = "Running" }));
        FillVersion(write);
        FillNetwork(write);
        if (Dotted.True(document, "properties.oidcIssuerProfile.enabled")) Dotted.Write(document, "properties.oidcIssuerProfile.issuerURL", write.Once("properties.oidcIssuerProfile.issuerURL", () => $"https://{Dotted.Text(document, "location")}.oic.prod-aks.azure.com/{write.World.Options.TenantId}/{Guid.NewGuid()}/"));
        if (Dotted.True(document, "properties.apiServerAccessProfile.enablePrivateCluster")) Dotted.Write(document, "properties.privateFQDN", write.Once("properties.privateFQDN", () => $"{Dotted.Text(document, "properties.dnsPrefix") ?? write.Id.Name}-{Guid.NewGuid().ToString("N")[..8]}.{Guid.NewGuid()}.privatelink.{Dotted.Text(document, "location")}.azmk8s.io"));
        if (write.Once("properties.identityProfile", () => null) is { } identities && Dotted.Read(document, "properties.identityProfile") is null) Dotted.Write(document, "properties.identityProfile", identities);
        write.Hidden["~token"] ??= Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32));
    }

    /// <summary>A minor alias is resolved on the write that names it first; the same alias again does not move the patch.</summary>
    private static void FillVersion(Write write)
    {
        var (kept, current) = (Dotted.Text(write.Existing?.Document, "properties.kubernetesVersion"), Dotted.Text(write.Existing?.Document, "properties.currentKubernetesVersion"));
        var wished = write.Text("properties.kubernetesVersion") ?? kept ?? KubernetesVersions.Default;
        Dotted.Write(write.Document, "properties.kubernetesVersion", wished);
        Dotted.Write(write.Document, "properties.currentKubernetesVersion", wished == kept && current is not null ? current : KubernetesVersions.Resolve(wished) ?? wished);
    }

    private static void FillNetwork(Write write)
    {
        var document = write.Document;
        if (write.Text(Network + "networkPlugin") is null && write.IsNew) Default(write, "networkPluginMode", "overlay");
        else if (Dotted.Text(write.Existing?.Document, Network + "networkPluginMode") is { } mode) Default(write, "networkPluginMode", mode);

        var hasPods = Dotted.Text(document, Network + "networkPluginMode") == "overlay" || Dotted.Text(document, Network + "networkPlugin") == "kubenet";
        if (hasPods) Default(write, "podCidr", Dotted.Text(write.Existing?.Document, Network + "podCidr") ?? "10.244.0.0/16");
        if (Dotted.Text(document, Network + "podCidr") is { } pods) Dotted.Write(document, Network + "podCidrs", new JsonArray(pods));
        Dotted.Write(document, Network + "serviceCidrs", new JsonArray(Dotted.Text(document, Network + "serviceCidr")!));
        if (Dotted.Text(document, Network + "outboundType") != "loadBalancer") return;

        if (Dotted.Read(document, Network + "loadBalancerProfile.outboundIPs") is null && Dotted.Read(document, Network + "loadBalancerProfile.outboundIPPrefixes") is null && Dotted.Read(document, Network + "loadBalancerProfile.managedOutboundIPs") is null) Dotted.Write(document, Network + "loadBalancerProfile.managedOutboundIPs", new JsonObject { ["count"] = 1 });
        Default(write, "loadBalancerProfile.backendPoolType", "nodeIPConfiguration");
        if (Dotted.Read(write.Existing?.Document, Network + "loadBalancerProfile.effectiveOutboundIPs") is { } addresses) Dotted.Write(document, Network + "loadBalancerProfile.effectiveOutboundIPs", addresses.DeepClone());
    }

    private static void Default(Write write, string name, string value)
    {
        if (Dotted.Read(write.Document, Network + name) is null) Dotted.Write(write.Document, Network + name, value);
    }
}
