using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>What the manifest wishes of the cluster; its pools are wished for one by one.</summary>
public partial class ManagedCluster
{
    protected override JsonNode Wish => Json.Of(new
    {
        location = manifest.Azure.Location,
        tags = Tags,
        sku = new { name = "Base", tier = cluster.Tier },
        identity = identity.ControlPlane,
        properties = new
        {
            dnsPrefix = manifest.Names.For(cluster).DnsPrefix,
            kubernetesVersion = target.Wish,
            nodeResourceGroup = cluster.NodeResourceGroup,
            enableRBAC = true,
            networkProfile = addressing.Network,
            apiServerAccessProfile = addressing.ApiServer,
            autoUpgradeProfile = new { upgradeChannel = cluster.UpgradeChannel, nodeOSUpgradeChannel = cluster.NodeOsUpgradeChannel },
            oidcIssuerProfile = new { enabled = cluster.OidcIssuer },
            securityProfile = new { workloadIdentity = new { enabled = cluster.WorkloadIdentity } },
            identityProfile = identity.Kubelet,
            servicePrincipalProfile = identity.Application,
            powerState = cluster.Started ? new { code = "Running" } : null,
        },
    });

    /// <summary>Its tags, and by what its secret is recognised.</summary>
    protected JsonObject Tags
    {
        get
        {
            var tags = new JsonObject([.. cluster.Tags.Select(tag => KeyValuePair.Create(tag.Key, (JsonNode?)tag.Value))]);
            if (identity.SecretMark(Address.Id) is { } mark) tags[ClusterIdentity.SecretTag] = mark;
            return tags;
        }
    }

    protected override JsonObject Body(JsonObject wish, JsonNode? observed)
    {
        var properties = (JsonObject)wish["properties"]!;
        properties.Remove("powerState");
        if (observed is null)
        {
            var first = manifest.Aks.PoolsOf(cluster)[0];
            var profile = new PoolProfile(manifest, cluster, first);
            var born = profile.Wire(profile.Wish, null);
            born["name"] = first.Name;
            properties["agentPoolProfiles"] = new JsonArray(born);
            return base.Body(wish, null);
        }

        // Naming a minor that runs already may move its patch.
        var body = base.Body(wish, observed);
        // The list that Azure keeps beside the pods' range would contradict a wider one; left out, it follows.
        if ($"{Pointer.At(wish, Pods)}" != $"{Pointer.At(observed, Pods)}") ((JsonObject)body["properties"]!["networkProfile"]!).Remove("podCidrs");
        if (target.Wish == $"{Pointer.At(wish, Version)}" && target.IsMetBy(Running(observed))) body["properties"]!["kubernetesVersion"] = Pointer.At(observed, Version)?.DeepClone();
        return body;
    }
}
