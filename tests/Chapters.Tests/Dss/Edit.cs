using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters.Tests;

/// <summary>One way in which somebody edits a document of DSS.</summary>
/// <param name="Do">Edits, and tells the pointer of what was edited; null when there is nothing to edit.</param>
internal sealed record Edit(string Path, Func<JsonObject, int, Random, string?> Do, string Method = "PUT")
{
    private const string General = "admin/general-settings";
    private const string Variables = "admin/variables";
    private const string Group = "admin/groups/data-scientists";
    private const string Plugin = "plugins/aks-clusters/settings";
    private const string Containers = "/containerSettings/executionConfigs";
    private const string Spark = "/sparkSettings/executionConfigs";

    private static readonly IReadOnlyList<Edit> All =
    [
        // Items of their own beside ours, somewhere in the list, one of them with a secret; changed later, and taken away.
        new(General, (settings, number, chance) => Add(settings, Containers, Json.Of(new { name = $"theirs{number % 7}", type = "DOCKER", dockerHost = $"{number}", properties = new[] { new { key = "token", value = $"hush{number}", secret = true } } }), chance)),
        new(General, (settings, number, chance) => Add(settings, Spark, Json.Of(new { name = $"theirs{number % 7}", description = $"{number}", conf = new[] { new { key = "a", value = $"{number}" } } }), chance)),
        new(General, (settings, number, _) => Set(settings, $"{Containers}/theirs{number % 7}", "dockerRuntime", number)),
        new(General, (settings, number, _) => Remove(settings, Containers, $"theirs{number % 7}")),
        new(General, (settings, number, _) => Remove(settings, Spark, $"theirs{number % 7}")),
        // Members of ours that the manifest does not know.
        new(General, (settings, number, _) => Set(settings, $"{Containers}/large", "DKU_TMPDIR", number)),
        new(General, (settings, number, _) => Set(settings, $"{Spark}/spark-small/cloudCredentialsSettings/azure", "mode", number)),
        // Settings beside those that we lay in.
        new(General, (settings, number, _) => Set(settings, "/limits", $"theirs{number % 5}", number)),
        new(General, (settings, number, _) => Set(settings, "/hiveSettings", "theirs", number)),
        new(General, (settings, number, _) => Set(settings, "/sparkSettings", "sparkHome", number)),
        new(General, (settings, number, _) => Set(settings, "/containerSettings", "defaultExecutionConfigForExporters", number)),
        // Variables of the instance, among which our marks are.
        new(Variables, (variables, number, _) => Set(variables, "", $"theirs{number % 5}", number)),
        new(Variables, (variables, number, _) => variables.Remove($"theirs{number % 5}") ? $"/theirs{number % 5}" : null),
        // Rights that the manifest leaves open.
        new(Group, (group, number, _) => Set(group, "", "mayDevelopPlugins", number % 2 == 0)),
        new("projects/SALES/permissions", (project, number, _) => Put(project, "permissions", Json.Of(new { group = $"theirs{number % 5}", admin = true, readDashboards = number % 2 == 0 }))),
        new("projects/SALES/permissions", (project, number, _) => Set(project, "/permissions/data-scientists", "readDashboards", number % 2 == 0)),
        new("projects/SALES/permissions", (project, number, _) => Set(project, "/dashboardAuthorizations", "theirs", number)),
        new("projects/SALES/settings", (project, number, _) => Set(project, "/settings/integrations", $"theirs{number % 5}", number)),
        new("projects/SALES/settings", (project, number, _) => Set(project, "/settings/codeEnvs/python", "preventOverride", number % 2 == 0)),
        new("projects/SALES/metadata", (project, number, _) => Set(project, "", "shortDesc", number)),
        new("projects/SALES/variables", (project, number, _) => Set(project, "/standard", $"theirs{number % 5}", number)),
        new("projects/SALES/variables", (project, number, _) => Set(project, "/local", $"theirs{number % 5}", number)),
        // Presets of others, and what others say of ours.
        new(Plugin, (settings, number, chance) => Add(settings, "/presets", Json.Of(new { name = $"theirs{number % 5}", type = "parameter-set-aks-clusters-connection-info", config = new { password = $"hush{number}", clientId = $"{number}" } }), chance), "POST"),
        new(Plugin, (settings, number, _) => Remove(settings, "/presets", $"theirs{number % 5}"), "POST"),
        new(Plugin, (settings, number, _) => Set(settings, "/presets/nodes", "description", number), "POST"),
        new(Plugin, (settings, number, _) => Put(settings, "permissions", Json.Of(new { group = $"theirs{number % 5}", admin = number % 2 == 0 })), "POST"),
    ];

    /// <summary>Any edit of the document, or of any; null when nobody edits it.</summary>
    public static Edit? In(string? document, Random chance)
    {
        var possible = All.Where(edit => document is null || edit.Path == document).ToList();
        return possible.Count == 0 ? null : possible[chance.Next(possible.Count)];
    }

    private static JsonArray ListAt(JsonObject document, string pointer) =>
        Somebody.At(document, pointer) as JsonArray ?? throw new InvalidDataException($"{pointer} is no list");

    private static string Add(JsonObject document, string list, JsonNode item, Random chance)
    {
        var items = ListAt(document, list);
        Remove(document, list, $"{item["name"]}");
        items.Insert(chance.Next(items.Count + 1), item);
        return $"{list}/{item["name"]}";
    }

    private static string? Remove(JsonObject document, string list, string name) =>
        Somebody.At(document, $"{list}/{name}") is { } there && ((JsonArray)there.Parent!).Remove(there) ? $"{list}/{name}" : null;

    private static string Put(JsonObject document, string list, JsonNode item)
    {
        if (Somebody.At(document, $"/{list}/{item["group"]}") is { } there) ((JsonArray)there.Parent!).Remove(there);
        ListAt(document, $"/{list}").Add(item);
        return $"/{list}/{item["group"]}";
    }

    private static string? Set(JsonObject document, string holder, string name, JsonNode value)
    {
        // What DSS keeps as it comes is nothing before somebody wrote it.
        if (holder.Count(letter => letter == '/') == 1 && document[holder[1..]] is null) document[holder[1..]] = new JsonObject();
        if ((holder is "" ? document : Somebody.At(document, holder)) is not JsonObject there) return null;

        there[name] = value.GetValueKind() is System.Text.Json.JsonValueKind.Number ? $"{value}" : value;
        return $"{holder}/{Pointer.Escape(name)}";
    }
}
