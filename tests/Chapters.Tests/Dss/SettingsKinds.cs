using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters.Tests;

/// <summary>The kinds that lie in the general settings, whose places differ between 14 and 15.</summary>
internal static class SettingsKinds
{
    public const string Flat = "14.2.0";

    public const string Split = "15.0.0";

    private static readonly string[] Sets =
    [
        "containers.registryUrl=crdemo.azurecr.io",
        "containers.default=large",
        "projects[SALES].executionConfig=large",
        """
        containers.executionConfigs=[
          { name: small, cpuRequest: 0.5, memoryRequestMB: 1024, prePush: acr, allowedGroups: [data-scientists] },
          { name: large, namespace: "dssns-${dssUserLogin}", createNamespace: false, ensureNamespaceCompliance: true, cpuLimit: 4, memoryLimitMB: 8192, customRequests: { ephemeral-storage: 10Gi }, customLimits: { nvidia.com/gpu: "1" },
            prePush: custom, prePushScript: /opt/push.sh, baseImage: "own:1", properties: { a: "1", b: "2" }, secretProperties: [{ key: token, value: "${env:ADA_PASSWORD}" }],
            nodeSelector: "disk: ssd", tolerations: "[]", imagePullSecret: pull },
        ]
        """,
        """
        spark.configs=[
          { name: spark-small, description: Small, prePush: acr, conf: { spark.executor.memory: 4g, spark.executor.instances: "2" }, secretConf: [{ key: spark.hadoop.secret, value: "${env:CLIENT_SECRET}" }] },
          { name: spark-large, managedKubernetes: false },
        ]
        """,
        "dss.settings={ limits: { maxRunningActivities: 7 }, containerSettings: { cdeEnabled: true } }",
    ];

    public static IReadOnlyDictionary<string, SettingsKind> All { get; } = new Dictionary<string, SettingsKind>(StringComparer.Ordinal)
    {
        ["executionConfig"] = new(
            Containers<ExecutionConfig>,
            (settings, split) =>
            {
                var config = Named(settings["containerSettings"]!["executionConfigs"]!, "large");
                config["usableBy"] = "NOBODY";
                (split ? config["kubernetesRuntimeConfig"]! : config)["kubernetesNamespace"] = "other";
                Named(config["properties"]!, "a", "key")["value"] = "3";
                config["properties"]!.AsArray().Add(Json.Of(new { key = "theirs", value = "x" }));
            },
            split => $"dss/executionConfig/large/usableBy dss/executionConfig/large{(split ? "/kubernetesRuntimeConfig" : "")}/kubernetesNamespace dss/executionConfig/large/properties/a/value dss/executionConfig/large/properties/theirs"),
        ["imageBuildConfig"] = new(
            Builds,
            (settings, _) => Named(settings["containerSettings"]!["buildConfigs"]!, "small")["imageBuilderType"] = "DKU_IN_CLUSTER",
            _ => "dss/imageBuildConfig/small/imageBuilderType")
        { OnlySplit = true },
        ["containerDefaults"] = new(
            Containers<ContainerDefaults>,
            (settings, _) => settings["containerSettings"]!["defaultExecutionConfig"] = "",
            _ => "dss/containerDefaults/demo/containerSettings/defaultExecutionConfig"),
        ["sparkConfig"] = new(
            Spark<SparkConfig>,
            (settings, _) =>
            {
                var config = Named(settings["sparkSettings"]!["executionConfigs"]!, "spark-small");
                config["kubernetesSettings"]!["managedKubernetes"] = false;
                config["conf"]!.AsArray().RemoveAt(0);
            },
            _ => "dss/sparkConfig/spark-small/conf/spark.executor.instances dss/sparkConfig/spark-small/kubernetesSettings/managedKubernetes"),
        ["sparkDefaults"] = new(
            Spark<SparkDefaults>,
            (settings, _) => settings["sparkSettings"]!["configForJupyter"] = "other",
            _ => "dss/sparkDefaults/demo/sparkSettings/configForJupyter"),
        ["metastore"] = new(
            Spark<Metastore>,
            (settings, _) => settings["metastoreCatalogsSettings"]!["synchronizeTo"]!["flavor"] = "HIVESERVER2",
            _ => "dss/metastore/demo/metastoreCatalogsSettings/synchronizeTo/flavor"),
        ["generalSettings"] = new(
            Containers<GeneralSettings>,
            (settings, _) => settings["containerSettings"]!["cdeEnabled"] = false,
            _ => "dss/generalSettings/demo/containerSettings/cdeEnabled"),
    };

    public static Manifest Read(string version, params IEnumerable<string> sets) => Everything.Read([$"dss.version={version}", .. Sets, .. sets]);

    /// <summary>The same with one configuration of each kind.</summary>
    public static Manifest ReadOneOfEach(string version)
    {
        var all = Read(version);
        return all with { Containers = all.Containers with { ExecutionConfigs = [all.Containers.ExecutionConfigs[1]] }, Spark = all.Spark with { Configs = [all.Spark.Configs[0]] } };
    }

    /// <summary>The item of a list of that name.</summary>
    public static JsonNode Named(JsonNode list, string name, string key = "name") => list.AsArray().Single(item => item![key]!.ToString() == name)!;

    private static IEnumerable<Resource> Containers<T>(Dss dss, Manifest manifest)
        where T : Resource => new ConfigureContainersTask(dss, DssStage.Vault).Declare(manifest).Where(resource => resource is T or ImageBuildConfig or ExecutionConfig);

    private static IEnumerable<Resource> Builds(Dss dss, Manifest manifest) => new ConfigureContainersTask(dss, DssStage.Vault).Declare(manifest).Where(resource => resource is ImageBuildConfig);

    private static IEnumerable<Resource> Spark<T>(Dss dss, Manifest manifest)
        where T : Resource => new ConfigureSparkTask(dss, DssStage.Vault).Declare(manifest).Where(resource => resource is T or ImageBuildConfig or SparkConfig);
}

/// <summary>A kind in the general settings: what is wished, how somebody bends it, and which paths of it differ then.</summary>
internal sealed record SettingsKind(Func<Dss, Manifest, IEnumerable<Resource>> Wish, Action<JsonNode, bool> Bend, Func<bool, string> Bent)
{
    public bool OnlySplit { get; init; }
}
