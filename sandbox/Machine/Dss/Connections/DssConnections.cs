using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>The connections of an instance, in config/connections.json.</summary>
internal sealed class DssConnections(DssInstance dss)
{
    private static readonly HashSet<string> Types = new(StringComparer.Ordinal)
    {
        "Azure", "EC2", "GCS", "Filesystem", "HDFS", "PostgreSQL", "MySQL", "SQLServer", "Oracle", "Snowflake", "Databricks", "Synapse", "BigQuery", "JDBC", "FTP", "SSH", "HTTP", "MongoDB", "ElasticSearch", "SharePointOnline",
    };

    private static readonly HashSet<string> SecretNames = new(StringComparer.Ordinal) { "accessKey", "appSecret", "secretKey", "password", "privateKey", "clientSecret" };

    private readonly DssShelf _kept = new(dss.Data, "config/connections.json");

    public IEnumerable<DssRoute> Routes =>
    [
        new("GET", "admin/connections", _ => List()),
        new("POST", "admin/connections", Create),
        new("GET", "admin/connections/*", call => DssAnswer.Of(Shown(Need(call.Name)))),
        new("PUT", "admin/connections/*", Replace),
        new("DELETE", "admin/connections/*", Delete),
        new("GET", "connections/get-names", call => DssAnswer.Of(Names(call.Query["type"].ToString()))),
        new("GET", "connections/*/info", call => DssAnswer.Of(Info(Need(call.Name)))),
        new("GET", "connections/*/test", TestAsync),
        new("POST", "admin/connections/*/sync", SyncAsync),
    ];

    public JsonObject? Find(string name) => _kept.Find(name) ?? BuiltIn[name]?.DeepClone() as JsonObject;

    /// <summary>The definition, its secrets encrypted.</summary>
    public JsonObject Need(string name) => Find(name) ?? throw DssRefusal.Missing(dss.Habits, $"Connection '{name}' does not exist");

    public static bool IsSecret(JsonObject parent, string name) => SecretNames.Contains(name) || (name == "value" && parent["secret"]?.GetValueKind() == System.Text.Json.JsonValueKind.True);

    // A fresh instance keeps managed datasets and folders on its own disk.
    private JsonObject BuiltIn => new()
    {
        ["filesystem_managed"] = OnDisk("filesystem_managed", "managed_datasets"),
        ["filesystem_folders"] = OnDisk("filesystem_folders", "managed_folders"),
    };

    private JsonObject OnDisk(string name, string folder) => Fit(new JsonObject
    {
        ["name"] = name,
        ["type"] = "Filesystem",
        ["params"] = new JsonObject { ["root"] = dss.Data.PathOf(folder) },
        ["allowManagedFolders"] = true,
        ["usableBy"] = "ALL",
    });

    private JsonObject All
    {
        get
        {
            var all = BuiltIn;
            foreach (var (name, definition) in _kept.All) all[name] = definition!.DeepClone();
            return all;
        }
    }

    private DssAnswer List() => DssAnswer.Of(new JsonObject(All.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)Shown((JsonObject)pair.Value!)))));

    private JsonArray Names(string type) =>
        [.. All.Where(pair => type is "" or "all" || (string?)pair.Value!["type"] == type).Select(pair => JsonValue.Create(pair.Key))];

    // Six fields are taken; all others are left as a fresh connection has them.
    private DssAnswer Create(DssCall call)
    {
        var taken = new JsonObject();
        foreach (var field in (string[])["name", "description", "type", "params", "usableBy", "allowedGroups"]) taken[field] = call.Object[field]?.DeepClone();
        if ((string?)taken["name"] is not { Length: > 0 } name) throw DssRefusal.Invalid("A connection needs a name");
        if (!Types.Contains((string?)taken["type"] ?? "")) throw DssRefusal.Broken("java.lang.NullPointerException", "null");

        var fresh = Fit(taken);
        dss.Secrets.Take(fresh, null, IsSecret);
        Sign(fresh, call);
        if (BuiltIn.ContainsKey(name) || !_kept.Add(name, fresh)) throw new DssRefusal(400, "java.lang.IllegalArgumentException", $"Connection '{name}' already exists");
        return DssAnswer.Of(new JsonObject { ["msg"] = $"Created connection {name}" });
    }

    private DssAnswer Replace(DssCall call)
    {
        var kept = Need(call.Name);
        var fresh = Fit(call.Object);
        (fresh["name"], fresh["type"]) = (call.Name, (string?)kept["type"]);
        dss.Secrets.Take(fresh, kept, IsSecret);
        Sign(fresh, call);
        _kept.Put(call.Name, fresh);
        return DssAnswer.Of(Shown(fresh));
    }

    private DssAnswer Delete(DssCall call)
    {
        if (!_kept.Remove(call.Name)) throw DssRefusal.Missing(dss.Habits, $"Connection '{call.Name}' does not exist");
        return DssAnswer.Empty;
    }

    private async Task<DssAnswer> TestAsync(DssCall call)
    {
        var definition = Need(call.Name);
        if ((string?)definition["credentialsMode"] == "PER_USER") throw DssRefusal.Broken("CodedException", "Connections with per-user credentials cannot be tested before the user has logged in");

        var problem = (string?)definition["type"] switch
        {
            "Azure" => await new DssBlobStorage(dss, definition).ProblemAsync(),
            "Filesystem" => Directory.Exists((string?)definition["params"]?["root"]) ? null : "The root folder does not exist",
            var type => throw DssRefusal.Broken("java.lang.UnsupportedOperationException", $"Connections of type {type} cannot be tested"),
        };
        return DssAnswer.Of(problem is null ? new JsonObject { ["connectionOK"] = true } : new JsonObject { ["connectionOK"] = false, ["connectionErrorMsg"] = problem });
    }

    private Task<DssAnswer> SyncAsync(DssCall call)
    {
        Need(call.Name);
        return dss.Futures.StartAsync(call.Key, _ => Task.FromResult<JsonNode?>(DssMessages.None));
    }

    private JsonObject Info(JsonObject definition)
    {
        var info = new JsonObject { ["type"] = (string?)definition["type"], ["params"] = dss.Secrets.Show((JsonObject)definition["params"]!, IsSecret) };
        if ((string?)definition["detailsReadability"]?["readableBy"] != "NONE") info["resolvedParams"] = dss.Secrets.Show((JsonObject)definition["params"]!, IsSecret);
        return info;
    }

    private JsonObject Fit(JsonObject definition)
    {
        var fitted = DssShape.Read("connection").Fit(definition, dss.Habits);
        var parameters = fitted["params"] as JsonObject ?? [];
        fitted["params"] = (string?)fitted["type"] == "Azure" ? DssShape.Read("connection-azure").Fit(parameters, dss.Habits) : parameters.DeepClone();
        return fitted;
    }

    private JsonObject Shown(JsonObject definition) => dss.Secrets.Show(definition, IsSecret);

    private static void Sign(JsonObject definition, DssCall call) => definition["creationTag"] = new JsonObject
    {
        ["lastModifiedBy"] = new JsonObject { ["login"] = $"api:{call.Key.Id}" },
        ["lastModifiedOn"] = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(),
    };
}
