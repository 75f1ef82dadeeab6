using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>What an administrator looks at: the logs of the instance, and its check of itself.</summary>
internal sealed class DssCareRoutes(DssInstance dss)
{
    private const string NoDefaultCluster = "WARN_CLUSTERS_NONE_SELECTED_GLOBAL";

    public IEnumerable<DssRoute> Routes =>
    [
        new("GET", "admin/logs", _ => DssAnswer.Of(new JsonArray([.. Logs.Select(name => JsonValue.Create(name))]))),
        new("GET", "admin/logs/*", call => Logs.Contains(call.Name) ? DssAnswer.Text(File.ReadAllText(dss.Data.PathOf($"run/{call.Name}"))) : throw DssRefusal.NotFound(dss.Habits, $"Log {call.Name} not found")),
        new("GET", "admin/sanity-check/codes", _ => DssAnswer.Of(new JsonArray(NoDefaultCluster))),
        new("POST", "admin/sanity-check/run", call => dss.Futures.StartAsync(call.Key, _ => Task.FromResult<JsonNode?>(Check(call.Body as JsonArray ?? [])))),
    ];

    private List<string> Logs => [.. Directory.EnumerateFiles(dss.Data.PathOf("run"), "*.log").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    private JsonObject Check(JsonArray excluded)
    {
        var settings = dss.Settings.Document;
        var told = Dotted.True(settings, "useImplicitK8sCluster") || !string.IsNullOrEmpty((string?)settings["defaultK8sClusterId"]) || excluded.Any(code => (string?)code == NoDefaultCluster);
        var result = DssMessages.None;
        if (told) return result;

        (result["anyMessage"], result["warning"], result["maxSeverity"]) = (true, true, "WARNING");
        result["messages"] = new JsonArray(new JsonObject { ["severity"] = "WARNING", ["isFatal"] = false, ["code"] = NoDefaultCluster, ["title"] = "No default Kubernetes cluster selected", ["message"] = "No default Kubernetes cluster selected" });
        return result;
    }
}
