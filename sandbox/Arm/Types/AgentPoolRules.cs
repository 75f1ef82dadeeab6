using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Node pools, written alone or inside their cluster's body.</summary>
internal sealed class AgentPoolRules : TypeRules
{
    public override void Check(Write write)
    {
        var cluster = write.World.Record(write.Id.Parent!.Text);
        if (cluster is not null) ClusterChecks.NeedRunning(cluster);
        if (write.IsNew && write.Text("properties.vmSize") is null) throw Bad("vmSize", "Required parameter agentPoolProfile.vmSize is missing (null).");
        if (write.Text("properties.mode") is { } named && named is not ("System" or "User" or "Gateway")) throw Bad("mode", $"The value of parameter agentPoolProfile.mode is invalid. Error details: '{named}' is no mode of a node pool. Allowed values: System, User, Gateway.");
        CheckCounts(write);
        CheckVersion(write, cluster);
        if (write.Existing is { } kept && write.Text("properties.mode") is { } mode && mode != "System" && IsLastSystem(write.World, kept)) throw LastSystem();
    }

    public override void Fill(Write write)
    {
        var (pool, cluster) = (write.Document, write.World.Record(write.Id.Parent!.Text)?.Document);
        var (isOverlay, plugin) = (Dotted.Text(cluster, "properties.networkProfile.networkPluginMode") == "overlay", Dotted.Text(cluster, "properties.networkProfile.networkPlugin"));
        var properties = pool["properties"]!.AsObject();
        properties["maxPods"] ??= isOverlay ? 250 : plugin == "kubenet" ? 110 : 30;
        properties["orchestratorVersion"] ??= write.Once("properties.orchestratorVersion", () => Dotted.Text(cluster, "properties.kubernetesVersion"));
        properties["currentOrchestratorVersion"] = KubernetesVersions.Resolve(Dotted.Text(pool, "properties.orchestratorVersion") ?? "") ?? Dotted.Text(cluster, "properties.currentKubernetesVersion");
        properties["nodeImageVersion"] = write.Once("properties.nodeImageVersion", () => "AKSUbuntu-2204gen2containerd-202511.07.0");
        properties["powerState"] = write.Once("properties.powerState", () => new JsonObject { ["code"] = "Running" });
        if (Dotted.Text(pool, "properties.scaleSetPriority") == "Spot") properties["spotMaxPrice"] ??= -1;
    }

    public override void CheckDelete(ArmWorld world, ArmRecord record)
    {
        if (IsLastSystem(world, record)) throw LastSystem();
    }

    public override JsonNode? Read(ArmWorld world, ArmRecord record, string what, ArmRequest request) => what != "upgradeprofiles/default" ? null : new JsonObject
    {
        ["id"] = $"{record.Id.Text}/upgradeProfiles/default",
        ["name"] = "default",
        ["type"] = "Microsoft.ContainerService/managedClusters/agentPools/upgradeProfiles",
        ["properties"] = new JsonObject
        {
            ["kubernetesVersion"] = Dotted.Text(record.Document, "properties.currentOrchestratorVersion"),
            ["osType"] = "Linux",
            ["upgrades"] = new JsonArray([.. KubernetesVersions.Upgrades(Dotted.Text(record.Document, "properties.currentOrchestratorVersion")!).Select(to => new JsonObject { ["kubernetesVersion"] = to!.DeepClone() })]),
            ["latestNodeImageVersion"] = "AKSUbuntu-2204gen2containerd-202511.07.0",
        },
    };

    private static void CheckCounts(Write write)
    {
        var (count, least, most) = (Dotted.Number(write.Wish, "properties.count"), Dotted.Number(write.Wish, "properties.minCount"), Dotted.Number(write.Wish, "properties.maxCount"));
        var scales = Dotted.True(write.Wish, "properties.enableAutoScaling");
        var floor = write.Text("properties.mode") == "System" ? 1 : 0;
        if (count < floor || count > 1000) throw Bad("count", $"The value of parameter agentPoolProfile.count is invalid. Error details: the count must be between {floor} and 1000, not {count}.");
        if (!scales && (least ?? most) is not null) throw Bad("minCount", "The value of parameter agentPoolProfile.minCount is invalid. Error details: minCount and maxCount are only allowed with enableAutoScaling.");
        if (scales && (least is null || most is null || least > most || least < floor)) throw Bad("minCount", $"The value of parameter agentPoolProfile.minCount is invalid. Error details: with enableAutoScaling minCount ({least}) and maxCount ({most}) must be given, minCount at least {floor} and at most maxCount.");
        if (scales && (count < least || count > most)) throw Bad("count", $"The value of parameter agentPoolProfile.count is invalid. Error details: the count {count} must be between minCount {least} and maxCount {most}.");
    }

    private static void CheckVersion(Write write, ArmRecord? cluster)
    {
        if (write.Text("properties.orchestratorVersion") is not { } wished) return;
        var (old, current) = (Dotted.Text(write.Existing?.Document, "properties.orchestratorVersion"), Dotted.Text(write.Existing?.Document, "properties.currentOrchestratorVersion"));
        if (wished == old || wished == current) return;

        var resolved = KubernetesVersions.Resolve(wished) ?? throw new ArmError(400, "K8sVersionNotSupported", $"Agent pool {write.Id.Name} asks for version {wished} which is not supported in this region.");
        if (current is not null) ClusterChecks.NeedUpgrade(current, resolved);
        var ceiling = Dotted.Text(write.ParentWish, "properties.kubernetesVersion") is { } sent ? KubernetesVersions.Resolve(sent) : Dotted.Text(cluster?.Document, "properties.currentKubernetesVersion");
        if (ceiling is not null && KubernetesVersions.IsOlder(ceiling, resolved)) throw new ArmError(400, "NodePoolMcVersionIncompatible", $"Node pool version {resolved} and control plane version {ceiling} are incompatible. Minor version of node pool version {KubernetesVersions.Minor(resolved)} is bigger than control plane version {KubernetesVersions.Minor(ceiling)}. For more information, please check https://aka.ms/version-skew-policy");
    }

    private static bool IsLastSystem(ArmWorld world, ArmRecord pool) =>
        Mode(pool) == "System" && !world.Children(pool.Id.Parent!, "agentPools").Any(other => other.Id.Key != pool.Id.Key && Mode(other) == "System");

    private static string? Mode(ArmRecord pool) => Dotted.Text(pool.Document, "properties.mode");

    private static ArmError LastSystem() => new(400, "OperationNotAllowed", "There has to be at least one system agent pool.");

    private static ArmError Bad(string target, string message) => new(400, "InvalidParameter", message) { Target = $"agentPoolProfile.{target}" };
}
