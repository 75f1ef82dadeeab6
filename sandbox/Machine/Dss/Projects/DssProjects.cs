using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DssPipeline.Sandbox;

/// <summary>The projects of an instance, in config/projects.json: a summary of each, and four documents that are replaced as a whole.</summary>
internal sealed partial class DssProjects(DssInstance dss)
{
    private static readonly string[] Documents = ["settings", "permissions", "metadata", "variables"];

    private readonly DssShelf _kept = new(dss.Data, "config/projects.json");

    public IEnumerable<DssRoute> Routes =>
    [
        new("GET", "projects", _ => DssAnswer.Of(new JsonArray([.. _kept.All.Select(pair => Summary(pair.Key))]))),
        new("POST", "projects", Create),
        new("GET", "projects/*", call => DssAnswer.Of(Summary(call.Name))),
        new("DELETE", "projects/*", Delete),
        .. Documents.SelectMany(Whole),
    ];

    public JsonObject Need(string key) => _kept.Find(key) ?? throw DssRefusal.NotFound(dss.Habits, $"Project not found: {key}");

    /// <summary>The projects that name a cluster.</summary>
    public IEnumerable<string> UsersOf(string cluster) => _kept.All
        .Where(pair => Dotted.Text(pair.Value, "settings.settings.k8sCluster.clusterId") == cluster)
        .Select(pair => pair.Key);

    private static string Shape(string document) => $"project-{document}";

    private IEnumerable<DssRoute> Whole(string document) =>
    [
        new("GET", $"projects/*/{document}", call => DssAnswer.Of(Need(call.Name)[document]!.DeepClone())),
        new("PUT", $"projects/*/{document}", call => Replace(call, document)),
    ];

    private DssAnswer Create(DssCall call)
    {
        var wish = call.Object;
        var key = (string?)wish["projectKey"] ?? "";
        if (!Key().IsMatch(key)) throw DssRefusal.Invalid($"Invalid project key: '{key}'");
        if ((string?)wish["owner"] is not { } owner || dss.Users.Find(owner) is null) throw DssRefusal.Invalid($"Unknown user: {(string?)wish["owner"]}");

        var project = new JsonObject { ["name"] = (string?)wish["name"] ?? key };
        foreach (var document in Documents) project[document] = DssShape.Read(Shape(document)).Fit([], dss.Habits);
        project["permissions"]!["owner"] = owner;
        if (wish["permissions"] is JsonArray permissions) project["permissions"]!["permissions"] = permissions.DeepClone();
        project["metadata"]!["label"] = (string?)project["name"];
        project["metadata"]!["description"] = (string?)wish["description"] ?? "";
        project["metadata"]!["tags"] = Sorted(wish["tags"]);
        if (wish["settings"] is JsonObject settings) project["settings"] = DssShape.Read(Shape("settings")).Fit(new JsonObject { ["settings"] = settings.DeepClone() }, dss.Habits);
        if (!_kept.Add(key, project)) throw DssRefusal.Invalid($"A project with key {key} already exists");
        return DssAnswer.Of(new JsonObject { ["msg"] = $"Created project {key}" });
    }

    private DssAnswer Replace(DssCall call, string document)
    {
        Need(call.Name);
        var fresh = DssShape.Read(Shape(document)).Fit(call.Object, dss.Habits);
        if (fresh["tags"] is { } tags) fresh["tags"] = Sorted(tags);
        if (document == "permissions" && dss.Users.Find((string?)fresh["owner"] ?? "") is null) throw DssRefusal.Invalid($"Unknown user: {(string?)fresh["owner"]}");
        _kept.Update(call.Name, project => project[document] = fresh.DeepClone());
        return DssAnswer.Empty;
    }

    private DssAnswer Delete(DssCall call)
    {
        Need(call.Name);
        _kept.Remove(call.Name);
        dss.ManagedFolders.Forget(call.Name);
        return DssAnswer.Of(DssMessages.None);
    }

    private JsonObject Summary(string key)
    {
        var project = Need(key);
        return new()
        {
            ["projectKey"] = key,
            ["name"] = Dotted.Text(project, "metadata.label") ?? (string?)project["name"],
            ["ownerLogin"] = Dotted.Text(project, "permissions.owner"),
            ["shortDesc"] = Dotted.Text(project, "metadata.shortDesc") ?? "",
            ["tags"] = project["metadata"]!["tags"]!.DeepClone(),
        };
    }

    private static JsonArray Sorted(JsonNode? tags) => [.. (tags as JsonArray ?? []).Select(tag => (string)tag!).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    [GeneratedRegex("^[A-Za-z0-9_]+$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Key();
}
