using System.Text.Json;
using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>The arguments with which the plugin makes a cluster, out of its parameters.</summary>
internal static class AksClusterBody
{
    public static JsonObject Build(string name, string location, JsonObject config, AksIdentities identities, JsonArray pools)
    {
        var tags = config["tags"] as JsonObject ?? throw new PythonError("TypeError", "object of type 'NoneType' has no len()");
        var arguments = new JsonObject
        {
            ["location"] = location,
            ["dns_prefix"] = $"{name}-dns",
            ["identity"] = identities.ControlPlane.DeepClone(),
            ["network_profile"] = Network(config),
            ["auto_upgrade_profile"] = Upgrades(config),
            ["agent_pool_profiles"] = pools,
        };
        if (tags.Count > 0) arguments["tags"] = tags.DeepClone();
        if (Text(config, "clusterVersion") is { } version && version != "latest") arguments["kubernetes_version"] = version;
        if (AksPool.IsTrue(config, "useCustomNodeResourceGroup")) arguments["node_resource_group"] = Text(config, "nodeResourceGroup");
        if (identities.ServicePrincipal is { } principal) arguments["service_principal_profile"] = principal.DeepClone();
        if (identities.Kubelet is { } kubelet) arguments["identity_profile"] = new JsonObject { ["kubeletidentity"] = kubelet.DeepClone() };
        if (AksPool.IsTrue(config, "privateAccess")) arguments["api_server_access_profile"] = new JsonObject { ["enable_private_cluster"] = true };
        if (AksPool.IsTrue(config, "oidcIssuer")) arguments["oidc_issuer_profile"] = new JsonObject { ["enabled"] = true };
        if (AksPool.IsTrue(config, "workloadIdentity")) arguments["security_profile"] = new JsonObject { ["workload_identity"] = new JsonObject { ["enabled"] = true } };
        if (Text(config, "customConfig") is { } custom) Merge(arguments, Custom(custom));
        return PythonModel.ToArm(arguments);
    }

    private static JsonObject Network(JsonObject config)
    {
        var network = new JsonObject();
        foreach (var (parameter, name) in (ReadOnlySpan<(string, string)>)[("serviceCIDR", "service_cidr"), ("dnsServiceIP", "dns_service_ip"), ("loadBalancerSku", "load_balancer_sku"), ("outboundType", "outbound_type"), ("networkPlugin", "network_plugin")])
        {
            if (Text(config, parameter) is { } value) network[name] = name == "load_balancer_sku" ? value.ToLowerInvariant() : value;
        }

        return network;
    }

    private static JsonObject Upgrades(JsonObject config)
    {
        var channel = Text(config, "upgradeChannel") ?? "none";
        return new() { ["upgrade_channel"] = channel, ["node_os_upgrade_channel"] = channel == "node-image" ? "NodeImage" : Text(config, "nodeOSUpgradeChannel") ?? "Unmanaged" };
    }

    private static JsonObject Custom(string text)
    {
        try
        {
            return (JsonObject)JsonNode.Parse(text)!;
        }
        catch (Exception problem) when (problem is JsonException or InvalidCastException)
        {
            throw new PythonError("json.decoder.JSONDecodeError", problem.Message);
        }
    }

    // Lists grow, values are replaced, null says nothing.
    private static void Merge(JsonObject arguments, JsonObject custom)
    {
        foreach (var (name, value) in custom.Where(pair => pair.Value is not null))
        {
            if (value is JsonObject inner && arguments[name] is JsonObject into) Merge(into, inner);
            else if (value is JsonArray more && arguments[name] is JsonArray items) foreach (var item in more) items.Add(item?.DeepClone());
            else arguments[name] = value!.DeepClone();
        }
    }

    private static string? Text(JsonObject config, string name) => (string?)config[name] is { Length: > 0 } text ? text : null;
}
