using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters.Tests;

/// <summary>A kind of DSS object for the four promises: what is wished, how somebody bends it, and which paths of it differ then.</summary>
internal sealed record DssKind(Func<Dss, Manifest, IEnumerable<Resource>> Wish, Func<DssStage, Task> BendAsync, string Bent, params string[] Sets)
{
    public DssKind(Func<Dss, Manifest, IEnumerable<Resource>> wish, string path, Action<JsonNode> bend, string bent, params string[] sets)
        : this(wish, stage => stage.BendAsync(path, bend), bent, sets)
    {
    }

    public Manifest Manifest => Everything.Read(Sets);
}

/// <summary>The kinds that need nothing but a DSS.</summary>
internal static class DssKinds
{
    private const string AttachedByHand = "aks.clusters[aks-demo].managedBy=azure";
    private const string CurrentWithSecret = "aks.connections[aks-connection].legacy=false";

    public static IReadOnlyDictionary<string, DssKind> All { get; } = new Dictionary<string, DssKind>(StringComparer.Ordinal)
    {
        ["group"] = new(
            (dss, manifest) => manifest.Dss.Groups.Select(group => new DssGroup(dss, manifest, group)),
            "admin/groups/data-scientists",
            group => (group["mayCreateProjects"], group["admin"], group["mayDevelopPlugins"]) = (false, true, true),
            "dss/group/data-scientists/admin dss/group/data-scientists/mayCreateProjects"),
        ["user"] = new(
            (dss, manifest) => manifest.Dss.Users.Select(user => new DssUser(dss, DssStage.Vault, manifest, user)),
            "admin/users/ada",
            user => (user["groups"], user["displayName"]) = (new JsonArray("administrators"), "Eve"),
            "dss/user/ada/displayName dss/user/ada/groups"),
        ["project"] = new(
            (dss, manifest) => manifest.Projects.Select(project => new Project(dss, manifest, project)),
            "projects/SALES/metadata",
            metadata => (metadata["label"], metadata["tags"], metadata["shortDesc"]) = ("Other", new JsonArray("others"), "kept"),
            "dss/project/SALES/label dss/project/SALES/tags"),
        ["project settings"] = new(
            (dss, manifest) => [.. manifest.Projects.Select(project => new Project(dss, manifest, project)), .. manifest.Projects.Select(project => new ProjectSettings(dss, project, project.Cluster))],
            "projects/SALES/settings",
            settings => settings["settings"]!["k8sCluster"] = new JsonObject { ["clusterMode"] = "INHERIT" },
            "dss/projectSettings/SALES/settings/k8sCluster/clusterMode dss/projectSettings/SALES/settings/k8sCluster/clusterId"),
        ["project permissions"] = new(
            (dss, manifest) => [.. manifest.Projects.Select(project => new Project(dss, manifest, project)), .. manifest.Projects.Select(project => new ProjectPermissions(dss, project))],
            "projects/SALES/permissions",
            permissions => permissions["permissions"] = new JsonArray(Json.Of(new { group = "others", admin = true }), Json.Of(new { group = "readers", readProjectContent = true, moderateDashboards = false })),
            string.Join(' ', new[] { "data-scientists/admin", "data-scientists/readProjectContent", "data-scientists/writeProjectContent", "data-scientists/runScenarios", "data-scientists/exportDatasetsData", "readers/admin", "readers/writeProjectContent", "readers/runScenarios", "readers/exportDatasetsData", "readers/moderateDashboards" }.Select(path => $"dss/projectPermissions/SALES/permissions/{path}"))),
        ["project variables"] = new(
            (dss, manifest) => [new Project(dss, manifest, manifest.Projects[0]), new ProjectVariables(dss, manifest.Projects[0])],
            "projects/SALES/variables",
            variables => variables["standard"] = new JsonObject { ["region"] = "apac", ["others"] = "kept" },
            "dss/projectVariables/SALES/standard/region"),
        ["default cluster"] = new(
            (dss, manifest) => [new DefaultCluster(dss, manifest.Aks.Clusters[0].Name)],
            "admin/general-settings",
            settings => (settings["defaultK8sClusterId"], settings["useImplicitK8sCluster"]) = ("other", true),
            "dss/defaultCluster/kubernetes/defaultK8sClusterId dss/defaultCluster/kubernetes/useImplicitK8sCluster"),
        ["plugin settings"] = new(
            Plugin,
            stage => stage.BendAsync("plugins/aks-clusters/settings", settings =>
            {
                settings["codeEnvName"] = "";
                Preset(settings, "nodes")["config"]!["numNodes"] = 7;
                Preset(settings, "gpu")["config"]!["tags"] = new JsonObject { ["cost"] = "gpu", ["dss-pipeline:pool"] = "gpu", ["others"] = "tag" };
                Preset(settings, "aks-connection")["permissions"] = new JsonArray();
                Preset(settings, "azure-credentials")["config"]!["identityType"] = "default";
            }, "POST"),
            "dss/pluginCodeEnv/aks-clusters/usedBy dss/pluginPreset/connection-info/aks-connection/permissions dss/pluginPreset/connection-info-v2/azure-credentials/config/identityType dss/pluginPreset/node-pool-request/nodes/config/numNodes dss/pluginPreset/node-pool-request/gpu/config/tags/others"),
        ["plugin that somebody removes"] = new(
            PluginAlone,
            RemoveAsync,
            "dss/plugin/aks-clusters dss/pluginCodeEnv/aks-clusters"),
        ["plugin of a version that somebody installs"] = new(
            PluginAlone,
            InstallOlderAsync,
            "dss/plugin/aks-clusters/version dss/pluginCodeEnv/aks-clusters/builtFor"),
        ["identity of a cluster"] = new(
            (dss, manifest) => [.. Plugin(dss, manifest), new ClusterIdentityPreset(dss, DssStage.Vault, manifest, manifest.Aks.Connections[0])],
            stage => stage.BendAsync("plugins/aks-clusters/settings", settings =>
            {
                var preset = Preset(settings, "aks-connection", ClusterIdentityPreset.IdentitySet);
                preset["config"]!["clientId"] = "other";
                preset["defaultPermission"] = new JsonObject { ["use"] = true };
            }, "POST"),
            "dss/pluginPreset/cluster-identity/aks-connection/config/clientId dss/pluginPreset/cluster-identity/aks-connection/defaultPermission/use",
            CurrentWithSecret),
        ["cluster that DSS makes"] = new(
            Cluster,
            "admin/clusters/aks-demo",
            cluster => (Parameter(cluster)["upgradeChannel"], Parameter(cluster)["serviceCIDR"], Parameter(cluster)["tags"]) = ("rapid", "10.77.0.0/16", new JsonObject { ["others"] = "tag" }),
            "dss/cluster/aks-demo/config/tags/dss-pipeline:deployment dss/cluster/aks-demo/config/tags/dss-pipeline:maker dss/cluster/aks-demo/config/tags/dss-pipeline:secret dss/cluster/aks-demo/config/serviceCIDR dss/cluster/aks-demo/config/upgradeChannel"),
        ["cluster that is attached"] = new(
            Cluster,
            "admin/clusters/aks-demo",
            cluster => (Parameter(cluster)["cluster"], Parameter(cluster)["resourceGroup"], Parameter(cluster)["connectionInfo"]) = ("other", "rg-other", new JsonObject { ["mode"] = "NONE" }),
            "dss/cluster/aks-demo/config/cluster dss/cluster/aks-demo/config/resourceGroup dss/cluster/aks-demo/config/connectionInfo/mode dss/cluster/aks-demo/config/connectionInfo/name",
            AttachedByHand),
    };

    /// <summary>The definition of the first cluster with what it stands on, of which nothing is started yet.</summary>
    public static IEnumerable<Resource> Cluster(Dss dss, Manifest manifest) => [new AksPlugin(dss, manifest), new DssCluster(dss, manifest, manifest.Aks.Clusters[0]) { StandsOn = [new("dss", "plugin", AksPlugin.Plugin)] }];

    private static IEnumerable<Resource> PluginAlone(Dss dss, Manifest manifest) => [new AksPlugin(dss, manifest), new PluginCodeEnv(dss, manifest)];

    private static IEnumerable<Resource> Plugin(Dss dss, Manifest manifest) =>
        manifest.Dss.Groups.Select(group => new DssGroup(dss, manifest, group)).Concat(new InstallAksPluginTask(dss, DssStage.Vault).Declare(manifest));

    private static JsonNode Parameter(JsonNode cluster) => cluster["params"]!["config"]!;

    private static JsonObject Preset(JsonNode settings, string name, string set = "") =>
        settings["presets"]!.AsArray().OfType<JsonObject>().First(preset => $"{preset["name"]}" == name && $"{preset["type"]}".EndsWith(set, StringComparison.Ordinal));

    private static async Task RemoveAsync(DssStage stage)
    {
        var dss = stage.Client();
        var removal = await dss.PostAsync("plugins/aks-clusters/actions/delete", Json.Of(new { force = false }), CancellationToken.None);
        await dss.FinishAsync(removal, new("the plugin", "it is removed"), CancellationToken.None);
    }

    private static async Task InstallOlderAsync(DssStage stage)
    {
        using var server = PluginServer.Of("3.0.0");
        var theirs = Everything.Read($"aks.plugin={{ source: archive, url: \"{server.Address}\", version: 3.0.0 }}");
        Assert.Equal("", await stage.MakeAsync([new AksPlugin(stage.Client(), theirs)]));
    }
}
