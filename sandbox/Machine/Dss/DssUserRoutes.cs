using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Users over the public API; a user is replaced as a whole, and a password goes in but never comes out.</summary>
internal sealed class DssUserRoutes(DssUsers users)
{
    public IEnumerable<DssRoute> Routes =>
    [
        new("GET", "admin/users/", _ => List()),
        new("GET", "admin/users", _ => List()),
        new("GET", "admin/users/*", Get),
        new("PUT", "admin/users/*", Put),
    ];

    private DssAnswer List() => new(200, new JsonArray([.. users.All.Select(user => Shown((JsonObject)user!))]));

    private DssAnswer Get(DssCall call) => users.Find(call.Name) is { } user ? new(200, Shown(user)) : Unknown(call.Name);

    private DssAnswer Put(DssCall call)
    {
        if (users.Find(call.Name) is null) return Unknown(call.Name);
        if (call.Body is not JsonObject body) return new(400, DssAnswer.Problem("IllegalArgumentException", "A user is an object"));

        var password = (string?)body["password"];
        var fresh = (JsonObject)body.DeepClone();
        fresh["login"] = call.Name;
        users.Put(fresh, string.IsNullOrEmpty(password) ? null : password);
        return new(200, new JsonObject { ["msg"] = $"Updated user {call.Name}" });
    }

    // The real one answers 500 for a user it does not know.
    private static DssAnswer Unknown(string login) => new(500, DssAnswer.Problem("NotFoundException", $"User '{login}' does not exist"));

    private static JsonObject Shown(JsonObject user)
    {
        var shown = (JsonObject)user.DeepClone();
        shown.Remove("password");
        return shown;
    }
}
