using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Where the code of a recipe runs: on which cluster, in which namespace, with which image. What it inherits is looked up from the recipe to the project to the instance.</summary>
internal sealed record DssContainerChoice(string Cluster, string Namespace, bool CreatesNamespace, string Image)
{
    public static DssContainerChoice Of(DssInstance dss, string project, JsonObject recipe, string login)
    {
        var settings = dss.Settings.Document;
        var wanted = ConfigurationOf(settings, dss.Projects.Need(project), recipe);
        var config = Dotted.Items(settings, "containerSettings.executionConfigs").FirstOrDefault(config => (string?)config["name"] == wanted)
            ?? throw new DssTaskFailure("ERR_CONTAINER_CONF_NOT_FOUND", $"The container execution configuration {wanted} does not exist", DssFailureForm.Status);
        var cluster = dss.Clusters.Need(ClusterOf(dss, settings, dss.Projects.Need(project)));
        if ((string?)cluster["state"] != "RUNNING") throw new DssTaskFailure("ERR_CLUSTERS_INVALID_SELECTED", $"The cluster {(string?)cluster["id"]} is not running", DssFailureForm.Status);

        var runtime = config["kubernetesRuntimeConfig"] ?? config;
        var push = DssImagePushes.OfExecution(dss, config).FirstOrDefault() ?? throw new DssTaskFailure("ERR_CONTAINER_CONF_NOT_FOUND", $"The container execution configuration {wanted} names no registry", DssFailureForm.Status);
        var registry = Dotted.Text(cluster, "containerSettings.executionConfigsGenericOverrides.repositoryURL");
        return new(
            (string)cluster["id"]!,
            ((string?)runtime["kubernetesNamespace"] is { Length: > 0 } space ? space : "default").Replace("${dssUserLogin}", login, StringComparison.Ordinal),
            Dotted.True(runtime, "createNamespace"),
            registry is null ? push.Target : (push with { Registry = registry }).Target);
    }

    private static string ConfigurationOf(JsonObject settings, JsonObject project, JsonObject recipe)
    {
        foreach (var choice in (JsonNode?[])[Dotted.Read(recipe, "recipe.params.containerSelection"), Dotted.Read(project, "settings.settings.container")])
        {
            var mode = (string?)choice?["containerMode"] ?? "INHERIT";
            if (mode == "EXPLICIT_CONTAINER") return (string?)choice!["containerConf"] ?? "";
            if (mode == "NONE") throw OnHost();
        }

        return Dotted.Text(settings, "containerSettings.defaultExecutionConfig") is { Length: > 0 } usual ? usual : throw OnHost();
    }

    private static string ClusterOf(DssInstance dss, JsonObject settings, JsonObject project)
    {
        var choice = Dotted.Read(project, "settings.settings.k8sCluster");
        var named = (string?)choice?["clusterMode"] == "EXPLICIT_CLUSTER" ? new[] { (string?)choice!["clusterId"], (string?)choice["defaultClusterId"] } : [(string?)settings["defaultK8sClusterId"]];
        if (named.All(string.IsNullOrEmpty)) throw new DssTaskFailure("WARN_CLUSTERS_NONE_SELECTED_GLOBAL", "No default Kubernetes cluster selected", DssFailureForm.Status);
        return named.FirstOrDefault(id => id is not null && dss.Clusters.All.Any(cluster => (string?)cluster["id"] == id))
            ?? throw new DssTaskFailure("ERR_CLUSTERS_INVALID_SELECTED", $"The selected cluster {named[0]} does not exist", DssFailureForm.Status);
    }

    private static DssTaskFailure OnHost() => new("ERR_SANDBOX_HOST", "This stand-in runs code in containers only, and no container configuration is selected", DssFailureForm.Status);
}
