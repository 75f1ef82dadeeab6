using System.Text.Json;
using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>What dsscli asks the running DSS to do, and what it prints.</summary>
internal sealed class DssCommandLine(DssKeys keys, DssUsers users, DssLicense license)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public (int Status, string Text) Run(string command, DssCommandForm form) => command switch
    {
        "api-key-create" => Rows(form, [Json(keys.Create(form["label"] ?? "", form["description"] ?? ""))]),
        "apinode-key-create" => (200, Json(keys.Create("apinode-admin", "")).ToJsonString(Indented) + "\n"),
        "api-keys-list" => Rows(form, [.. keys.All.Select(key => Json(key with { Secret = key.Secret ?? "******" }))]),
        "api-key-delete" => keys.Delete(form["key"] ?? "") ? (200, "") : (404, "Key not found"),
        "set-license" => Done(() => license.Set(form["license"] ?? "")),
        "users-list" => Rows(form, [.. users.All.Select(user => Line((JsonObject)user!))]),
        "user-create" => users.Find(form["login"] ?? "") is null ? Done(() => Put(form, [])) : (400, $"User '{form["login"]}' already exists"),
        "user-edit" => users.Find(form["login"] ?? "") is { } user ? Done(() => Put(form, user)) : (404, $"User '{form["login"]}' does not exist"),
        "user-delete" => Done(() => users.Delete(form["login"] ?? "")),
        "config-cache-invalidate" => (200, ""),
        _ => Rows(form, []),
    };

    private static (int Status, string Text) Done(Action action)
    {
        action();
        return (200, "");
    }

    private void Put(DssCommandForm form, JsonObject before)
    {
        var user = (JsonObject)before.DeepClone();
        user["login"] = form["login"];
        user["sourceType"] ??= "LOCAL";
        user["enabled"] ??= true;
        foreach (var (option, property) in (ReadOnlySpan<(string, string)>)[("display-name", "displayName"), ("email", "email"), ("user-profile", "userProfile"), ("source-type", "sourceType")])
        {
            if (form[option] is { } value) user[property] = value;
        }

        if (form.Every("group").ToList() is { Count: > 0 } groups) user["groups"] = new JsonArray([.. groups]);
        users.Put(user, form["password"]);
    }

    private static (int Status, string Text) Rows(DssCommandForm form, IReadOnlyList<JsonObject> rows)
    {
        if (form.Json) return (200, new JsonArray([.. rows]).ToJsonString(Indented) + "\n");

        var lines = rows.Select(row => string.Join("  ", row.Select(cell => cell.Value?.ToString())));
        if (form.Header && rows.Count > 0) lines = lines.Prepend(string.Join("  ", rows[0].Select(cell => cell.Key)));
        return (200, string.Concat(lines.Select(line => line + "\n")));
    }

    private static JsonObject Json(DssKey key) => new() { ["id"] = key.Id, ["key"] = key.Secret, ["label"] = key.Label, ["description"] = key.Description };

    private static JsonObject Line(JsonObject user) => new()
    {
        ["login"] = user["login"]?.DeepClone(),
        ["displayName"] = user["displayName"]?.DeepClone(),
        ["userProfile"] = user["userProfile"]?.DeepClone(),
        ["groups"] = user["groups"]?.DeepClone(),
    };
}
