using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Users over the public API; a user is replaced as a whole, and a password goes in but never comes out.</summary>
internal sealed class DssUserRoutes(DssInstance dss)
{
    public IEnumerable<DssRoute> Routes =>
    [
        new("GET", "admin/users", _ => List()),
        new("POST", "admin/users", Create),
        new("GET", "admin/users/*", Get),
        new("PUT", "admin/users/*", Put),
        new("DELETE", "admin/users/*", Delete),
    ];

    private DssUsers Users => dss.Users;

    private DssAnswer List() => DssAnswer.Of(new JsonArray([.. Users.All.Select(user => Shown((JsonObject)user!))]));

    private DssAnswer Get(DssCall call) => DssAnswer.Of(Shown(Find(call.Name)));

    private DssAnswer Create(DssCall call)
    {
        var login = (string?)call.Object["login"];
        if (string.IsNullOrEmpty(login)) throw DssRefusal.Invalid("A user needs a login");
        if (Users.Find(login) is not null) throw DssRefusal.Invalid($"User '{login}' already exists");

        var fresh = new JsonObject { ["login"] = login, ["sourceType"] = "LOCAL", ["displayName"] = login, ["groups"] = new JsonArray(), ["userProfile"] = "READER", ["enabled"] = true };
        return Keep(fresh, call.Object, $"Created user {login}");
    }

    private DssAnswer Put(DssCall call)
    {
        Find(call.Name);
        return Keep(new JsonObject { ["login"] = call.Name }, call.Object, $"Updated user {call.Name}");
    }

    private DssAnswer Delete(DssCall call)
    {
        Find(call.Name);
        Users.Delete(call.Name);
        return DssAnswer.Empty;
    }

    private DssAnswer Keep(JsonObject user, JsonObject body, string told)
    {
        foreach (var (field, value) in body.Where(pair => pair.Key is not ("login" or "password") && pair.Value is not null)) user[field] = value?.DeepClone();
        var password = (string?)body["password"];
        Users.Put(user, string.IsNullOrEmpty(password) ? null : password);
        return DssAnswer.Of(new JsonObject { ["msg"] = told });
    }

    private JsonObject Find(string login) => Users.Find(login) ?? throw DssRefusal.NotFound(dss.Habits, $"User '{login}' not found");

    private static JsonObject Shown(JsonObject user)
    {
        var shown = (JsonObject)user.DeepClone();
        shown.Remove("password");
        return shown;
    }
}
