using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>API keys over the public API; where an instance keeps their hashes only, the secret is told this once.</summary>
internal sealed class DssKeyRoutes(DssInstance dss)
{
    public IEnumerable<DssRoute> Routes =>
    [
        new("GET", "admin/global-api-keys", _ => DssAnswer.Of(new JsonArray([.. dss.Keys.All.Select(Shown)]))),
        new("POST", "admin/global-api-keys", Create),
        new("GET", "admin/global-api-keys/*", call => DssAnswer.Of(Shown(Need(call)))),
        new("DELETE", "admin/global-api-keys/*", Delete),
    ];

    private DssAnswer Create(DssCall call)
    {
        var label = (string?)call.Object["label"] ?? "";
        return DssAnswer.Of(Shown(dss.Keys.Create(label, (string?)call.Object["description"] ?? "")));
    }

    private DssAnswer Delete(DssCall call)
    {
        dss.Keys.Delete(Need(call).Id);
        return DssAnswer.Empty;
    }

    private DssKey Need(DssCall call) => dss.Keys.All.FirstOrDefault(key => key.Id == call.Name) ?? throw DssRefusal.NotFound(dss.Habits, $"API key {call.Name} not found");

    private static JsonObject Shown(DssKey key) => new()
    {
        ["id"] = key.Id,
        ["label"] = key.Label,
        ["description"] = key.Description,
        ["key"] = key.Secret,
        ["createdBy"] = key.CreatedBy,
        ["globalPermissions"] = new JsonObject { ["admin"] = true },
    };
}
