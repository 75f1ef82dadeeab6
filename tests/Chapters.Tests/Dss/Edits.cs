using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters.Tests;

/// <summary>All that somebody does in DSS while a run does: in each document that a run writes, and things of their own beside. Their secrets begin with <c>hush</c>.</summary>
internal static class Edits
{
    private const string General = "admin/general-settings";
    private const string Variables = "admin/variables";
    private const string Group = "admin/groups/data-scientists";
    private const string User = "admin/users/ada";
    private const string Connection = "admin/connections/adls-managed";
    private const string Cluster = "admin/clusters/aks-demo";
    private const string CodeEnv = "admin/code-envs/PYTHON/plugin_aks-clusters_managed";
    private const string Plugin = "plugins/aks-clusters/settings";
    private const string Containers = "/containerSettings/executionConfigs";
    private const string Spark = "/sparkSettings/executionConfigs";

    private static readonly IReadOnlyList<Edit> All = [.. InSettings, .. InProjects, .. OfPeople, .. OfConnections, .. OfPlugin];

    /// <summary>Any edit of the document, or of any; null when nobody edits it.</summary>
    public static Edit? In(string? document, Random chance)
    {
        var possible = All.Where(edit => document is null || edit.Path == document).ToList();
        return possible.Count == 0 ? null : possible[chance.Next(possible.Count)];
    }

    private static IEnumerable<Edit> InSettings =>
    [
        // Items of their own beside ours, somewhere in the list, one of them with a secret; changed later, and taken away.
        new(General, (settings, number, chance) => Edit.Add(settings, Containers, Json.Of(new { name = $"theirs{number % 7}", type = "DOCKER", dockerHost = $"{number}", properties = new[] { new { key = "token", value = $"hush{number}", secret = true } } }), chance)),
        new(General, (settings, number, chance) => Edit.Add(settings, Spark, Json.Of(new { name = $"theirs{number % 7}", description = $"{number}", conf = new[] { new { key = "a", value = $"{number}" } } }), chance)),
        new(General, (settings, number, _) => Edit.Set(settings, $"{Containers}/theirs{number % 7}", "dockerRuntime", number)),
        new(General, (settings, number, _) => Edit.Remove(settings, Containers, $"theirs{number % 7}")),
        new(General, (settings, number, _) => Edit.Remove(settings, Spark, $"theirs{number % 7}")),
        // Members of ours that the manifest does not know.
        new(General, (settings, number, _) => Edit.Set(settings, $"{Containers}/large", "DKU_TMPDIR", number)),
        new(General, (settings, number, _) => Edit.Set(settings, $"{Spark}/spark-small/cloudCredentialsSettings/azure", "mode", number)),
        // Settings beside those that we lay in.
        new(General, (settings, number, _) => Edit.Set(settings, "/limits", $"theirs{number % 5}", number)),
        new(General, (settings, number, _) => Edit.Set(settings, "/hiveSettings", "theirs", number)),
        new(General, (settings, number, _) => Edit.Set(settings, "/sparkSettings", "sparkHome", number)),
        new(General, (settings, number, _) => Edit.Set(settings, "/containerSettings", "defaultExecutionConfigForExporters", number)),
        // Variables of the instance, among which our marks are.
        new(Variables, (variables, number, _) => Edit.Set(variables, "", $"theirs{number % 5}", number)),
        new(Variables, (variables, number, _) => variables.Remove($"theirs{number % 5}") ? $"/theirs{number % 5}" : null),
    ];

    private static IEnumerable<Edit> InProjects =>
    [
        new("projects/SALES/permissions", (project, number, _) => Edit.Put(project, "permissions", Json.Of(new { group = $"theirs{number % 5}", admin = true, readDashboards = number % 2 == 0 }))),
        new("projects/SALES/permissions", (project, number, _) => Edit.Set(project, "/permissions/data-scientists", "readDashboards", number % 2 == 0)),
        new("projects/SALES/permissions", (project, number, _) => Edit.Set(project, "/dashboardAuthorizations", "theirs", number)),
        new("projects/SALES/settings", (project, number, _) => Edit.Set(project, "/settings/integrations", $"theirs{number % 5}", number)),
        new("projects/SALES/settings", (project, number, _) => Edit.Set(project, "/settings/codeEnvs/python", "preventOverride", number % 2 == 0)),
        new("projects/SALES/metadata", (project, number, _) => Edit.Set(project, "", "shortDesc", number)),
        new("projects/SALES/variables", (project, number, _) => Edit.Set(project, "/standard", $"theirs{number % 5}", number)),
        new("projects/SALES/variables", (project, number, _) => Edit.Set(project, "/local", $"theirs{number % 5}", number)),
        Edit.Own("projects", "THEIRS", _ => Json.Of(new { projectKey = "THEIRS", name = "Theirs", owner = "admin" }), (_, _) => null),
        Edit.Away("projects/THEIRS"),
    ];

    private static IEnumerable<Edit> OfPeople =>
    [
        // Rights that the manifest leaves open.
        new(Group, (group, number, _) => Edit.Set(group, "", "mayDevelopPlugins", number % 2 == 0)),
        new(Group, (group, number, _) => Edit.Set(group, "", "definition", number)),
        Edit.Own("admin/groups", "theirs", number => Json.Of(new { name = "theirs", description = $"{number}", sourceType = "LOCAL" }), (group, number) => Edit.Set(group, "", "mayManageClusters", number % 2 == 0)),
        Edit.Away("admin/groups/theirs"),
        // What an administrator says of a user, and what the user says of itself.
        new(User, (user, number, _) => Edit.Set(user, "", "enabled", number % 2 == 0)),
        new(User, (user, number, _) => Edit.Set(user, "/adminProperties", $"theirs{number % 5}", number)),
        new(User, (user, number, _) => Edit.Set(user, "/userProperties", $"theirs{number % 5}", number)),
        Edit.Own("admin/users", "theirs", number => Json.Of(new { login = "theirs", password = $"hush{number}", sourceType = "LOCAL", displayName = $"{number}", groups = new[] { "readers" }, userProfile = "READER" }), (user, number) => Edit.Set(user, "", "displayName", number)),
        Edit.Away("admin/users/theirs"),
    ];

    private static IEnumerable<Edit> OfConnections =>
    [
        new(Connection, (connection, number, _) => Edit.Set(connection, "", "maxActivities", number)),
        new(Connection, (connection, number, _) => Edit.Set(connection, "/customFields", $"theirs{number % 5}", number)),
        new(Connection, (connection, number, chance) => Edit.Add(connection, "/params/dkuProperties", Json.Of(new { name = $"theirs{number % 5}", value = $"{number}" }), chance)),
        new(Connection, (connection, number, _) => Edit.Remove(connection, "/params/dkuProperties", $"theirs{number % 5}")),
        Edit.Own("admin/connections", "theirs", number => Json.Of(new { name = "theirs", type = "PostgreSQL", usableBy = "ALL", @params = new { host = $"{number}", password = $"hush{number}" } }), (connection, number) => Edit.Set(connection, "/params", "host", number)),
        Edit.Away("admin/connections/theirs"),
    ];

    private static IEnumerable<Edit> OfPlugin =>
    [
        // Presets of others, and what others say of ours.
        new(Plugin, (settings, number, chance) => Edit.Add(settings, "/presets", Json.Of(new { name = $"theirs{number % 5}", type = "parameter-set-aks-clusters-connection-info", config = new { password = $"hush{number}", clientId = $"{number}" } }), chance), "POST"),
        new(Plugin, (settings, number, _) => Edit.Remove(settings, "/presets", $"theirs{number % 5}"), "POST"),
        new(Plugin, (settings, number, _) => Edit.Set(settings, "/presets/nodes", "description", number), "POST"),
        new(Plugin, (settings, number, _) => Edit.Put(settings, "permissions", Json.Of(new { group = $"theirs{number % 5}", admin = number % 2 == 0 })), "POST"),
        // Who else may use the environment of the plugin, and one beside.
        new(CodeEnv, (environment, number, _) => Edit.Set(environment, "", "owner", $"theirs{number}")),
        new(CodeEnv, (environment, number, _) => Edit.Set(environment, "", "allContainerConfs", number % 2 == 0)),
        new("admin/code-envs/PYTHON/theirs", (environment, number, _) => Edit.Set(environment, "", "specPackageList", $"a=={number}")) { Birth = ("admin/code-envs/PYTHON/theirs", _ => Json.Of(new { deploymentMode = "DESIGN_MANAGED", pythonInterpreter = "PYTHON39" })) },
        Edit.Away("admin/code-envs/PYTHON/theirs"),
        // Who may use our cluster, a parameter that the manifest does not know, and a cluster of others.
        new(Cluster, (cluster, number, _) => Edit.Set(cluster, "", "usableByAll", number % 2 == 0)),
        new(Cluster, (cluster, number, _) => Edit.Put(cluster, "permissions", Json.Of(new { group = $"theirs{number % 5}", use = number % 2 == 0 }))),
        new(Cluster, (cluster, number, _) => Edit.Set(cluster, "/params/config", $"theirs{number % 5}", number)),
        Edit.Own("admin/clusters", "theirs", _ => Json.Of(new { name = "theirs", type = "manual", architecture = "KUBERNETES" }), (cluster, number) => Edit.Set(cluster, "", "owner", $"theirs{number}")),
        Edit.Away("admin/clusters/theirs"),
    ];
}
