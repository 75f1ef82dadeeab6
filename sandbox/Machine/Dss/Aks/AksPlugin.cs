using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DssPipeline.Sandbox;

/// <summary>What the Python of the AKS plugin does when a cluster of DSS is started or stopped, by the same requests to Azure.</summary>
internal sealed partial class AksPlugin : IDisposable
{
    public const string Id = "aks-clusters";
    public const string ClusterVersion = "2025-10-01";

    private readonly HttpClient _http;
    private readonly AzureSignIn _signIn;
    private readonly string _name;
    private readonly JsonObject _config;
    private readonly string _folder;

    /// <summary>For a cluster by its name in DSS, with its parameters resolved and the folder it works in.</summary>
    public AksPlugin(DssOutside outside, string name, JsonObject config, string folder)
    {
        _http = new HttpClient(outside.Connections()) { Timeout = Timeout.InfiniteTimeSpan };
        (_signIn, _name, _config, _folder) = (new AzureSignIn(_http), name, config, folder);
        Credentials = new AksCredentials(_signIn, config);
        Arm = new AzureManagement(_http, Credentials.TokenAsync);
    }

    public AksCredentials Credentials { get; }

    public AzureManagement Arm { get; }

    public Task<AksHost> HostAsync(CancellationToken cancel) => AksHost.AskAsync(_signIn, cancel);

    /// <summary>Makes a cluster.</summary>
    public async Task<AksStarted> CreateAsync(CancellationToken cancel)
    {
        var host = await HostAsync(cancel);
        var subscription = Credentials.Subscription(() => host.Subscription);
        var (group, location) = (Text("resourceGroup") ?? host.ResourceGroup, Text("location") ?? host.Location);
        var id = IdOf(subscription, group, _name);
        if (await Arm.FindAsync(id, ClusterVersion, cancel) is not null) throw PythonError.Plain($"A cluster with name {_name} in resource group {group} already exists");

        var identities = await AksIdentities.OfAsync(_config, Credentials, Arm, host, cancel);
        var roles = new AksRoles(Arm, subscription);
        var registry = identities.AksMakesKubelet ? Registry(subscription, group) : null;
        if (registry is not null) await roles.TryAsync(registry, AksRoles.AcrPull, $"ACR {registry.Split('/')[^1]}", cancel);
        var (pools, network) = await PoolsAsync(host, subscription, group, cancel);
        if (identities.AksMakesControlPlane) await roles.TryAsync(network, AksRoles.Contributor, $"vnet {network.Split('/')[^1]}", cancel);

        var body = AksClusterBody.Build(_name, location, _config, identities, pools);
        var made = await PutAsync(id, body, cancel);
        var started = await AttachedAsync(id, made, cancel);
        if (registry is not null) await OpenRegistryAsync(started, made, registry, roles, cancel);
        if (identities.AksMakesControlPlane) started.Data["vnet_attachment"] = new JsonObject { ["subscription_id"] = subscription, ["resource_id"] = network, ["role_assignment"] = await roles.GiveAsync(network, AksRoles.Contributor, Dotted.Text(made, "identity.principalId")!, cancel) };
        return started;
    }

    /// <summary>Joins a cluster that is there already.</summary>
    public async Task<AksStarted> AttachAsync(CancellationToken cancel)
    {
        AksHost? host = null;
        if (Text("resourceGroup") is null || (!Credentials.IsLegacy && Dotted.Text(_config, "connectionInfoV2.subscriptionId") is null or "")) host = await HostAsync(cancel);
        var subscription = Credentials.Subscription(() => host!.Subscription);
        var id = IdOf(subscription, Text("resourceGroup") ?? host!.ResourceGroup, Text("cluster") ?? _name);
        var started = await AttachedAsync(id, await Arm.GetAsync(id, ClusterVersion, cancel), cancel);
        foreach (var name in (string[])["acr_attachment", "vnet_attachment"]) started.Data.Remove(name);
        return started;
    }

    /// <summary>Deletes what <see cref="CreateAsync"/> recorded, whatever the parameters say now.</summary>
    public async Task DeleteAsync(JsonObject data, CancellationToken cancel)
    {
        var id = Dotted.Text(data, "cluster.id") ?? throw new PythonError("KeyError", "'cluster'");
        _ = Dotted.Text(data, "cluster.node_resource_group") ?? throw new PythonError("KeyError", "'node_resource_group'");
        foreach (var attachment in (string[])["acr_attachment", "vnet_attachment"])
        {
            if (Dotted.Text(data, $"{attachment}.role_assignment.id") is { } role) await new AksRoles(Arm, id.Split('/')[2]).TakeAsync(role, cancel);
        }

        await Arm.DeleteAsync(id, ClusterVersion, cancel);
        while (await Arm.FindAsync(id, ClusterVersion, cancel) is not null) await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancel);
    }

    /// <summary>The subnet of a pool: the machine's own, or one by name.</summary>
    public async Task<string> SubnetAsync(JsonObject pool, AksHost host, string subscription, string group, CancellationToken cancel)
    {
        if (AksPool.IsTrue(pool, "useSameNetworkAsDSSHost")) return await host.SubnetAsync(Arm, Credentials.NetworkSubscription(host), cancel);

        var (network, subnet) = ((string?)pool["vnet"] ?? "", (string?)pool["subnet"] ?? "");
        if (network.Length == 0 || subnet.Length == 0) throw PythonError.Plain("Both vnet and subnet must be given when the network of the DSS host is not used");
        return $"{(network.StartsWith('/') ? network : $"/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.Network/virtualNetworks/{network}")}/subnets/{subnet}";
    }

    public void Dispose() => _http.Dispose();

    private static string IdOf(string subscription, string group, string name) => $"/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.ContainerService/managedClusters/{name}";

    private async Task<(JsonArray Pools, string Network)> PoolsAsync(AksHost host, string subscription, string group, CancellationToken cancel)
    {
        var tags = _config["tags"] as JsonObject ?? throw new PythonError("TypeError", "object of type 'NoneType' has no len()");
        var (pools, networks) = (new JsonArray(), new List<string>());
        foreach (var wish in _config["nodePools"] as JsonArray ?? [])
        {
            var subnet = await SubnetAsync((JsonObject)wish!, host, subscription, group, cancel);
            var network = subnet[..subnet.LastIndexOf("/subnets/", StringComparison.OrdinalIgnoreCase)];
            if (!networks.Contains(network, StringComparer.Ordinal)) networks.Add(network);
            pools.Add((JsonNode)AksPool.OfCluster(pools.Count, (JsonObject)wish!, subnet, tags));
        }

        if (pools.Count == 0) throw PythonError.Plain("You cannot deploy a cluster without any node pool.");
        if (networks.Count > 1) throw PythonError.Plain($"Node pools must all share the same vnet. Current node pools configuration yields vnets {string.Join(',', networks)}.");
        return (pools, networks[0]);
    }

    private async Task<JsonObject> PutAsync(string id, JsonObject body, CancellationToken cancel)
    {
        try
        {
            return await Arm.PutAsync(id, ClusterVersion, body, cancel);
        }
        catch (PythonError error) when (error.Message.Contains("AvailabilityZoneNotSupported", StringComparison.Ordinal))
        {
            throw PythonError.Plain("The cluster is created in a region without availability zones, uncheck 'availability zones' on the node pools");
        }
    }

    private async Task<AksStarted> AttachedAsync(string id, JsonObject cluster, CancellationToken cancel)
    {
        var credentials = await Arm.PostAsync($"{id}/listClusterAdminCredential", ClusterVersion, cancel);
        var text = Encoding.UTF8.GetString(Convert.FromBase64String((string)credentials!["kubeconfigs"]![0]!["value"]!));
        Directory.CreateDirectory(_folder);
        var file = Path.Combine(_folder, "kube_config");
        StateFolder.WritePrivate(file, text);
        return new()
        {
            Overrides = new() { ["kubeCtlContext"] = CurrentContext().Match(text).Groups["name"].Value.Trim(), ["kubeConfigPath"] = file },
            Data = new() { ["kube_config_path"] = file, ["cluster"] = PythonModel.FromArm(cluster), ["acr_attachment"] = new JsonObject(), ["vnet_attachment"] = new JsonObject() },
        };
    }

    private static async Task OpenRegistryAsync(AksStarted started, JsonObject made, string registry, AksRoles roles, CancellationToken cancel)
    {
        var kubelet = Dotted.Text(made, "properties.identityProfile.kubeletidentity.objectId") ?? throw new PythonError("KeyError", "'kubeletidentity'");
        var words = registry.Split('/');
        started.Data["acr_attachment"] = new JsonObject
        {
            ["name"] = words[^1],
            ["resource_group"] = words[4],
            ["subscription_id"] = words[2],
            ["resource_id"] = registry,
            ["role_assignment"] = await roles.GiveAsync(registry, AksRoles.AcrPull, kubelet, cancel),
        };
        started.Overrides["repositoryURL"] = $"{words[^1]}.azurecr.io";
    }

    private string? Registry(string subscription, string group)
    {
        if (Dotted.Text(_config, "clusterIdentity.attachToACRName") is not { Length: > 0 } name) return null;
        if (name.StartsWith('/')) return name;
        var words = name.Split('/');
        return $"/subscriptions/{subscription}/resourceGroups/{(words.Length == 2 ? words[0] : group)}/providers/Microsoft.ContainerRegistry/registries/{words[^1]}";
    }

    private string? Text(string name) => (string?)_config[name] is { } text && text.Trim().Length > 0 ? text : null;

    [GeneratedRegex("^current-context:(?<name>.*)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CurrentContext();
}

/// <summary>What a start gives back: settings that hold while the cluster runs, and data for the stop.</summary>
internal sealed record AksStarted
{
    public required JsonObject Overrides { get; init; }

    public required JsonObject Data { get; init; }
}
