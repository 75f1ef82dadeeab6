using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>AKS clusters: pools that may come in the body, a group of their own for nodes, and an identity that appears when all is done.</summary>
internal sealed class ClusterRules : TypeRules
{
    private const string Path = "properties.agentPoolProfiles";

    public override void Check(Write write)
    {
        var pools = Pools(write);
        ClusterChecks.Run(write, pools);
        InlineChildren.Check(pools);
    }

    public override void Fill(Write write)
    {
        Dotted.Take(write.Document, Path);
        ClusterFillings.Run(write);
    }

    public override void Saved(Write write)
    {
        Pools(write).ForEach(InlineChildren.Keep);
        foreach (var pool in write.World.Children(write.Id, "agentPools"))
        {
            pool.State = Dotted.Text(write.Document, "properties.provisioningState");
            write.World.Save(pool);
        }

        if (write.IsNew) KeepNodeGroup(write);
    }

    public override void Done(ArmWorld world, ArmRecord record)
    {
        foreach (var pool in world.Children(record.Id, "agentPools"))
        {
            pool.State = "Succeeded";
            world.Save(pool);
        }

        if (Dotted.Read(record.Document, "properties.identityProfile.kubeletidentity") is null && Dotted.Text(record.Document, "identity.type") is not (null or "None")) AddKubelet(world, record);
        if (Dotted.Text(record.Document, "properties.networkProfile.outboundType") == "loadBalancer" && Dotted.Read(record.Document, "properties.networkProfile.loadBalancerProfile.effectiveOutboundIPs") is null)
        {
            var address = $"{NodeGroup(record).Text}/providers/Microsoft.Network/publicIPAddresses/{Guid.NewGuid()}";
            Dotted.Write(record.Document, "properties.networkProfile.loadBalancerProfile.effectiveOutboundIPs", new JsonArray(new JsonObject { ["id"] = address }));
        }
    }

    public override void CheckAction(ArmWorld world, ArmRecord record, string action, ArmRequest request)
    {
        if (action == "listClusterAdminCredential" && Dotted.True(record.Document, "properties.disableLocalAccounts")) throw new ArmError(400, "BadRequest", "Getting static credential is not allowed because this cluster is set to disable local accounts.");
    }

    public override void Acted(ArmWorld world, ArmRecord record, string action)
    {
        var code = action == "stop" ? "Stopped" : "Running";
        Dotted.Write(record.Document, "properties.powerState.code", code);
        foreach (var pool in world.Children(record.Id, "agentPools"))
        {
            Dotted.Write(pool.Document, "properties.powerState.code", code);
            world.Save(pool);
        }
    }

    public override ArmAnswer? Act(ArmWorld world, ArmRecord record, string action, ArmRequest request) => action switch
    {
        "listClusterAdminCredential" => Kubeconfigs.Admin(world, record),
        "listClusterUserCredential" => Kubeconfigs.User(world, record),
        _ => null,
    };

    public override JsonNode? Read(ArmWorld world, ArmRecord record, string what, ArmRequest request)
    {
        var version = Dotted.Text(record.Document, "properties.currentKubernetesVersion")!;
        return what switch
        {
            "upgradeprofiles/default" => new JsonObject
            {
                ["id"] = $"{record.Id.Text}/upgradeprofiles/default",
                ["name"] = "default",
                ["type"] = "Microsoft.ContainerService/managedClusters/upgradeprofiles",
                ["properties"] = new JsonObject
                {
                    ["controlPlaneProfile"] = new JsonObject { ["kubernetesVersion"] = version, ["osType"] = "Linux", ["upgrades"] = new JsonArray([.. KubernetesVersions.Upgrades(version).Select(to => new JsonObject { ["kubernetesVersion"] = to!.DeepClone() })]) },
                    ["agentPoolProfiles"] = new JsonArray(),
                },
            },
            _ => null,
        };
    }

    public override void Show(ArmWorld world, ArmRecord record, JsonObject copy, ArmRequest request)
    {
        Dotted.Write(copy, Path, new JsonArray([.. world.Children(record.Id, "agentPools").Select(Profile)]));
        if (request.Method == "GET" && Dotted.Text(copy, "properties.networkProfile.loadBalancerSku") == "standard") Dotted.Write(copy, "properties.networkProfile.loadBalancerSku", "Standard");
    }

    public override void Gone(ArmWorld world, ArmRecord record)
    {
        if (world.Record(NodeGroup(record).Text) is { } group) world.Remove(group);
    }

    private static JsonNode Profile(ArmRecord pool)
    {
        var profile = new JsonObject { ["name"] = pool.Id.Name };
        foreach (var (name, value) in pool.Document["properties"]!.AsObject()) profile[name] = value?.DeepClone();
        return profile;
    }

    private static List<Write> Pools(Write write) => InlineChildren.Of(write, Path, "agentPools", profile =>
    {
        var properties = profile.DeepClone().AsObject();
        properties.Remove("name");
        return new() { ["properties"] = properties };
    });

    private static void KeepNodeGroup(Write write)
    {
        var id = ArmId.Parse($"/subscriptions/{write.Id.Subscription}/resourceGroups/{Dotted.Text(write.Document, "properties.nodeResourceGroup")}")!;
        write.World.Save(id, new()
        {
            ["id"] = id.Text,
            ["name"] = id.Name,
            ["type"] = Groups.Type,
            ["location"] = Dotted.Text(write.Document, "location"),
            ["managedBy"] = write.Id.Text,
            ["tags"] = new JsonObject { ["aks-managed-cluster-name"] = write.Id.Name, ["aks-managed-cluster-rg"] = write.Id.Group },
            ["properties"] = new JsonObject { ["provisioningState"] = "Succeeded" },
        });
    }

    private static ArmId NodeGroup(ArmRecord record) =>
        ArmId.Parse($"/subscriptions/{record.Id.Subscription}/resourceGroups/{Dotted.Text(record.Document, "properties.nodeResourceGroup")}")!;

    private static void AddKubelet(ArmWorld world, ArmRecord record)
    {
        var id = NodeGroup(record).Provider(Identities.Type, $"{record.Id.Name}-agentpool");
        var identity = new Write(world, ContractCatalog.Find(Identities.Type)!, id) { Wish = new() { ["location"] = Dotted.Text(record.Document, "location") }, Caller = "aks", ApiVersion = "" };
        var kept = Documents.Build(identity);
        world.Save(kept);
        Dotted.Write(record.Document, "properties.identityProfile.kubeletidentity", new JsonObject
        {
            ["resourceId"] = id.Text.Replace("/resourceGroups/", "/resourcegroups/", StringComparison.Ordinal),
            ["clientId"] = Dotted.Text(kept.Document, "properties.clientId"),
            ["objectId"] = Dotted.Text(kept.Document, "properties.principalId"),
        });
    }
}
