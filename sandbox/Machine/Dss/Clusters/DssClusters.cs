using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>The clusters of an instance, in config/clusters.json: definitions, and how far each has been started.</summary>
internal sealed partial class DssClusters
{
    private static readonly string[] Taken = ["permissions", "usableByAll", "owner", "params"];

    private readonly DssInstance _dss;
    private readonly DssShelf _kept;

    public DssClusters(DssInstance dss)
    {
        _dss = dss;
        _kept = new DssShelf(dss.Data, "config/clusters.json");
        foreach (var (id, cluster) in _kept.All.Where(pair => Dotted.Text(pair.Value, "state") is Starting or Stopping)) GiveUp(id, Dotted.Text(cluster, "state")!);
    }

    public IEnumerable<DssRoute> Routes =>
    [
        new("GET", "admin/clusters", _ => DssAnswer.Of(new JsonArray([.. All.Select(Listed)]))),
        new("POST", "admin/clusters", Create),
        new("GET", "admin/clusters/*", call => DssAnswer.Of(Shown(Need(call.Name)))),
        new("PUT", "admin/clusters/*", Replace),
        new("DELETE", "admin/clusters/*", Delete),
        new("GET", "admin/clusters/*/status", call => DssAnswer.Of(Status(Need(call.Name)))),
        new("POST", "admin/clusters/*/actions/start", StartAsync),
        new("POST", "admin/clusters/*/actions/stop", StopAsync),
        .. _dss.Kubectl.Routes,
    ];

    public IEnumerable<JsonObject> All => _kept.All.Select(pair => (JsonObject)pair.Value!.DeepClone());

    public JsonObject Need(string id) => _kept.Find(id) ?? throw DssRefusal.Missing(_dss.Habits, $"Cluster '{id}' does not exist");

    /// <summary>The clusters whose type a plugin has brought.</summary>
    public IEnumerable<(string Id, string Type)> OfPlugin(string plugin) => All
        .Select(cluster => ((string)cluster["id"]!, (string)cluster["type"]!))
        .Where(cluster => cluster.Item2.StartsWith($"pycluster_{plugin}_", StringComparison.Ordinal));

    public string FolderOf(string id) => _dss.Data.PathOf($"clusters/{Uri.EscapeDataString(id)}/exec");

    private DssAnswer Create(DssCall call)
    {
        var wish = call.Object;
        if ((string?)wish["name"] is not { Length: > 0 } name) throw DssRefusal.Invalid("A cluster needs a name");
        var type = (string?)wish["type"] ?? "";
        if (type != "manual" && KindOf(type) is null) return DssAnswer.Of(new JsonObject { ["messages"] = DssMessages.Error("ERR_CLUSTERS_UNKNOWN_TYPE", $"Unknown cluster type: {type}") });

        var id = _dss.Habits.OtherIds ? $"{name}-1" : name;
        var fresh = new JsonObject
        {
            ["id"] = id,
            ["name"] = name,
            ["type"] = type,
            ["architecture"] = (string?)wish["architecture"] ?? "HADOOP",
            ["origin"] = "MANUAL",
            ["owner"] = $"api:{call.Key.Id}",
            ["usableByAll"] = true,
            ["permissions"] = new JsonArray(),
            ["params"] = Fitting(type, wish["params"]),
            ["containerSettings"] = new JsonObject { ["executionConfigsGenericOverrides"] = new JsonObject() },
            ["state"] = None,
        };
        if (!_kept.Add(id, fresh)) throw new DssRefusal(500, "java.lang.IllegalArgumentException", $"Cluster '{name}' already exists");
        return DssAnswer.Of(Shown(fresh));
    }

    private DssAnswer Replace(DssCall call)
    {
        Need(call.Name);
        _kept.Update(call.Name, kept =>
        {
            foreach (var field in Taken.Where(call.Object.ContainsKey)) kept[field] = field is "params" ? Fitting((string)kept["type"]!, call.Object[field]) : call.Object[field]?.DeepClone();
        });
        return DssAnswer.Of(Shown(Need(call.Name)));
    }

    // It does not stop the cluster first: what runs in Azure goes on.
    private DssAnswer Delete(DssCall call)
    {
        Need(call.Name);
        _kept.Remove(call.Name);
        return DssAnswer.Empty;
    }

    private JsonObject Status(JsonObject cluster)
    {
        var status = new JsonObject
        {
            ["state"] = (string?)cluster["state"],
            ["clusterType"] = (string?)cluster["type"],
            ["usages"] = new JsonArray([.. _dss.Projects.UsersOf((string)cluster["id"]!).Select(project => new JsonObject { ["projectKey"] = project })]),
            ["otherProjectUsagesCount"] = 0,
            ["otherScenarioUsagesCount"] = 0,
        };
        if (cluster["error"] is { } error) status["error"] = error.DeepClone();
        return status;
    }

    private static JsonObject Shown(JsonObject cluster)
    {
        var shown = (JsonObject)cluster.DeepClone();
        shown.Remove("error");
        (shown["canUpdateCluster"], shown["canManageUsersCluster"]) = (true, true);
        return shown;
    }

    private JsonObject Listed(JsonObject cluster) => new()
    {
        ["id"] = (string?)cluster["id"],
        ["name"] = (string?)cluster["name"],
        ["type"] = (string?)cluster["type"],
        ["architecture"] = (string?)cluster["architecture"],
        ["state"] = _dss.Habits.ObjectState ? new JsonObject { ["state"] = (string?)cluster["state"] } : (string?)cluster["state"],
        ["canUpdateCluster"] = true,
    };
}
