using System.Text;
using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Between the names of the Python library (<c>vnet_subnet_id</c>, all on one level) and those of Resource Manager (<c>properties.vnetSubnetID</c>).</summary>
internal static class PythonModel
{
    private static readonly string[] OnTop = ["location", "tags", "identity", "sku", "id", "name", "type"];

    // Their names are the user's own.
    private static readonly string[] Maps = ["tags", "node_labels", "nodeLabels", "user_assigned_identities", "userAssignedIdentities", "identity_profile", "identityProfile"];

    private static readonly Dictionary<string, string> Odd = new(StringComparer.Ordinal)
    {
        ["vnet_subnet_id"] = "vnetSubnetID",
        ["pod_subnet_id"] = "podSubnetID",
        ["os_disk_size_gb"] = "osDiskSizeGB",
        ["dns_service_ip"] = "dnsServiceIP",
        ["fqdn_subdomain"] = "fqdnSubdomain",
        ["node_os_upgrade_channel"] = "nodeOSUpgradeChannel",
        ["disk_encryption_set_id"] = "diskEncryptionSetID",
        ["node_public_ip_prefix_id"] = "nodePublicIPPrefixID",
        ["enable_fips"] = "enableFIPS",
    };

    private static readonly Dictionary<string, string> OddBack = Odd.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

    /// <summary>The body that the library sends; what it does not know by its own name it leaves out.</summary>
    public static JsonObject ToArm(JsonObject arguments)
    {
        var (body, properties) = (new JsonObject(), new JsonObject());
        foreach (var (name, value) in arguments.Where(pair => pair.Value is not null && !pair.Key.Any(char.IsUpper))) (OnTop.Contains(name) ? body : properties)[Camel(name)] = Convert(name, value!, Camel, dropCamel: true);
        if (properties.Count > 0) body["properties"] = properties;
        return body;
    }

    /// <summary>The body of a pool alone, whose tags and type are properties.</summary>
    public static JsonObject OfPool(JsonObject pool)
    {
        var whole = (JsonObject)ToArm(new JsonObject { ["pool"] = pool.DeepClone() })["properties"]!["pool"]!;
        whole.Remove("name");
        return new() { ["properties"] = whole.DeepClone() };
    }

    /// <summary>An answer as the library's <c>as_dict()</c> gives it.</summary>
    public static JsonObject FromArm(JsonObject document)
    {
        var model = new JsonObject();
        foreach (var (name, value) in document.Where(pair => pair.Key is not ("properties" or "systemData" or "etag")).Concat(document["properties"] as JsonObject ?? []))
        {
            if (value is not null) model[Snake(name)] = Convert(name, value, Snake, dropCamel: false);
        }

        return model;
    }

    private static JsonNode Convert(string name, JsonNode value, Func<string, string> rename, bool dropCamel) => value switch
    {
        JsonObject map when Maps.Contains(name) => new JsonObject(map.Select(pair => KeyValuePair.Create(pair.Key, pair.Value is JsonObject inner ? Convert("", inner, rename, dropCamel) : pair.Value?.DeepClone()))),
        JsonObject model => new JsonObject(model.Where(pair => pair.Value is not null && !(dropCamel && pair.Key.Any(char.IsUpper))).Select(pair => KeyValuePair.Create(rename(pair.Key), (JsonNode?)Convert(pair.Key, pair.Value!, rename, dropCamel)))),
        JsonArray items => new JsonArray([.. items.Select(item => item is null ? null : Convert("", item, rename, dropCamel))]),
        _ => value.DeepClone(),
    };

    private static string Camel(string snake)
    {
        if (Odd.TryGetValue(snake, out var odd)) return odd;
        var words = snake.Split('_');
        return words[0] + string.Concat(words.Skip(1).Select(word => word.Length == 0 ? "" : char.ToUpperInvariant(word[0]) + word[1..]));
    }

    private static string Snake(string camel)
    {
        if (OddBack.TryGetValue(camel, out var odd)) return odd;
        var text = new StringBuilder();
        for (var i = 0; i < camel.Length; i++)
        {
            if (char.IsUpper(camel[i]) && i > 0 && !char.IsUpper(camel[i - 1])) text.Append('_');
            text.Append(char.ToLowerInvariant(camel[i]));
        }

        return text.ToString();
    }
}
