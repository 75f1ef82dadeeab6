using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters.Tests;

/// <summary>A kind of DSS object for the four promises: what is wished, how somebody bends it, and which paths of it differ then.</summary>
internal sealed record DssKind(Func<Dss, Manifest, IEnumerable<Resource>> Wish, string Path, Action<JsonNode> Bend, string Bent, string Method = "PUT");

/// <summary>The kinds that need nothing but a DSS.</summary>
internal static class DssKinds
{
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
        ["plugin"] = new(
            (dss, manifest) => manifest.Dss.Groups.Select(group => new DssGroup(dss, manifest, group)).Concat(new InstallAksPluginTask(dss, DssStage.Vault).Declare(manifest)),
            "plugins/aks-clusters/settings",
            settings =>
            {
                settings["codeEnvName"] = "";
                Preset(settings, "nodes")["config"]!["numNodes"] = 7;
                Preset(settings, "gpu")["config"]!["tags"] = new JsonObject { ["cost"] = "gpu", ["dss-pipeline:pool"] = "gpu", ["others"] = "tag" };
                Preset(settings, "aks-connection")["permissions"] = new JsonArray();
                Preset(settings, "azure-credentials")["config"]!["identityType"] = "default";
            },
            "dss/pluginCodeEnv/aks-clusters/usedBy dss/pluginPreset/connection-info/aks-connection/permissions dss/pluginPreset/connection-info-v2/azure-credentials/config/identityType dss/pluginPreset/node-pool-request/nodes/config/numNodes dss/pluginPreset/node-pool-request/gpu/config/tags/others",
            "POST"),
    };

    private static JsonObject Preset(JsonNode settings, string name) => settings["presets"]!.AsArray().OfType<JsonObject>().Single(preset => $"{preset["name"]}" == name);
}
