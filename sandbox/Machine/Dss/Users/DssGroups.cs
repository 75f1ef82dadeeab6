using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Groups of users, in config/groups.json; what their members may do is written after they are made.</summary>
internal sealed class DssGroups(DssInstance dss)
{
    private readonly DssShelf _kept = new(dss.Data, "config/groups.json");

    public IEnumerable<DssRoute> Routes =>
    [
        new("GET", "admin/groups", _ => DssAnswer.Of(new JsonArray([.. All.Select(pair => pair.Value!.DeepClone())]))),
        new("POST", "admin/groups", Create),
        new("GET", "admin/groups/*", call => DssAnswer.Of(Need(call.Name))),
        new("PUT", "admin/groups/*", Replace),
        new("DELETE", "admin/groups/*", Delete),
    ];

    private JsonObject All
    {
        get
        {
            var all = _kept.All;
            foreach (var name in (string[])["administrators", "data_team", "readers"])
            {
                if (!all.ContainsKey(name)) all[name] = Fit(name, new JsonObject { ["admin"] = name == "administrators" });
            }

            return all;
        }
    }

    private JsonObject Need(string name) => All[name]?.DeepClone() as JsonObject ?? throw DssRefusal.NotFound(dss.Habits, $"Group '{name}' not found");

    private DssAnswer Create(DssCall call)
    {
        if ((string?)call.Object["name"] is not { Length: > 0 } name) throw DssRefusal.Invalid("A group needs a name");
        if (All.ContainsKey(name)) throw DssRefusal.Invalid($"Group '{name}' already exists");

        var taken = new JsonObject();
        foreach (var field in (string[])["description", "sourceType"]) taken[field] = call.Object[field]?.DeepClone();
        _kept.Put(name, Fit(name, taken));
        return DssAnswer.Of(new JsonObject { ["msg"] = $"Created group {name}" });
    }

    private DssAnswer Replace(DssCall call)
    {
        Need(call.Name);
        _kept.Put(call.Name, Fit(call.Name, call.Object));
        return DssAnswer.Of(new JsonObject { ["msg"] = $"Updated group {call.Name}" });
    }

    private DssAnswer Delete(DssCall call)
    {
        Need(call.Name);
        _kept.Remove(call.Name);
        return DssAnswer.Empty;
    }

    private JsonObject Fit(string name, JsonObject group)
    {
        var fitted = DssShape.Read("group").Fit(group, dss.Habits);
        fitted["name"] = name;
        return fitted;
    }
}
