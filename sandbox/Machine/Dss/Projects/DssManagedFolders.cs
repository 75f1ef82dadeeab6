using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Managed folders of projects: their files lie where their connection says, in blob storage or on the disk of DSS.</summary>
internal sealed class DssManagedFolders(DssInstance dss)
{
    private const string Usual = "/${projectKey}/${odbId}";

    private readonly DssShelf _kept = new(dss.Data, "config/managed-folders.json");

    public IEnumerable<DssRoute> Routes =>
    [
        new("GET", "projects/*/managedfolders", List),
        new("POST", "projects/*/managedfolders", Create),
        new("GET", "projects/*/managedfolders/*", call => DssAnswer.Of(Need(call))),
        new("PUT", "projects/*/managedfolders/*", Replace),
        new("DELETE", "projects/*/managedfolders/*", Delete),
        new("GET", "projects/*/managedfolders/*/contents", ContentsAsync),
        new("GET", "projects/*/managedfolders/*/contents/**", DownloadAsync),
        new("POST", "projects/*/managedfolders/*/contents", call => UploadAsync(call, call.File?.Name)),
        new("POST", "projects/*/managedfolders/*/contents/**", call => UploadAsync(call, call.Names[2])),
        new("DELETE", "projects/*/managedfolders/*/contents/**", DeleteFileAsync),
    ];

    /// <summary>The folders of a project that is gone.</summary>
    public void Forget(string project)
    {
        foreach (var (key, _) in Of(project)) _kept.Remove(key);
    }

    private static string KeyOf(string project, string id) => $"{project}.{id}";

    private IEnumerable<KeyValuePair<string, JsonNode?>> Of(string project) => _kept.All.Where(pair => (string?)pair.Value!["projectKey"] == project);

    private DssAnswer List(DssCall call)
    {
        dss.Projects.Need(call.Name);
        return DssAnswer.Of(new JsonArray([.. Of(call.Name).Select(pair => pair.Value!.DeepClone())]));
    }

    private DssAnswer Create(DssCall call)
    {
        dss.Projects.Need(call.Name);
        var wish = call.Object;
        var connection = dss.Connections.Need(Dotted.Text(wish, "params.connection") ?? "filesystem_folders");
        if (!Dotted.True(connection, "allowManagedFolders")) throw DssRefusal.Invalid($"Connection '{(string?)connection["name"]}' does not allow managed folders");

        var id = RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 8);
        var folder = new JsonObject
        {
            ["projectKey"] = call.Name,
            ["id"] = id,
            ["name"] = (string?)wish["name"] ?? id,
            ["type"] = (string?)connection["type"],
            ["params"] = new JsonObject { ["connection"] = (string?)connection["name"], ["path"] = Dotted.Text(wish, "params.path") ?? Usual },
            ["tags"] = new JsonArray(),
        };
        if ((string?)connection["type"] == "Azure") folder["params"]!["container"] = Dotted.Text(wish, "params.container") ?? new DssBlobStorage(dss, connection).Container;
        _kept.Put(KeyOf(call.Name, id), folder);
        return DssAnswer.Of(folder);
    }

    private DssAnswer Replace(DssCall call)
    {
        var fresh = call.Object.DeepClone();
        var kept = Need(call);
        (fresh["projectKey"], fresh["id"], fresh["type"]) = ((string?)kept["projectKey"], (string?)kept["id"], (string?)kept["type"]);
        _kept.Put(KeyOf(call.Name, call.Names[1]), (JsonObject)fresh);
        return DssAnswer.Of(fresh);
    }

    // The files stay: only the flow forgets the folder.
    private DssAnswer Delete(DssCall call)
    {
        Need(call);
        _kept.Remove(KeyOf(call.Name, call.Names[1]));
        return DssAnswer.Empty;
    }

    private async Task<DssAnswer> ContentsAsync(DssCall call)
    {
        var items = await StoreOf(call).ListAsync();
        return DssAnswer.Of(new JsonObject { ["items"] = new JsonArray([.. items.Select(item => new JsonObject { ["path"] = "/" + item.Path, ["size"] = item.Size, ["lastModified"] = item.Modified.ToUnixTimeMilliseconds() })]) });
    }

    private async Task<DssAnswer> DownloadAsync(DssCall call) =>
        await StoreOf(call).ReadAsync(call.Names[2]) is { } content ? new DssAnswer(200, null) { Bytes = content } : throw DssRefusal.NotFound(dss.Habits, $"File not found: /{call.Names[2]}");

    private async Task<DssAnswer> UploadAsync(DssCall call, string? path)
    {
        if (call.File is null || string.IsNullOrEmpty(path)) throw DssRefusal.Invalid("A multipart body with a file is needed");
        await StoreOf(call).WriteAsync(path.TrimStart('/'), call.File.Content);
        return DssAnswer.Of(new JsonObject { ["path"] = "/" + path.TrimStart('/'), ["size"] = call.File.Content.Length });
    }

    private async Task<DssAnswer> DeleteFileAsync(DssCall call)
    {
        await StoreOf(call).DeleteAsync(call.Names[2]);
        return DssAnswer.Empty;
    }

    private DssFolderStore StoreOf(DssCall call) => DssFolderStore.Of(dss, Need(call));

    private JsonObject Need(DssCall call)
    {
        dss.Projects.Need(call.Name);
        return _kept.Find(KeyOf(call.Name, call.Names[1])) ?? throw DssRefusal.NotFound(dss.Habits, $"Managed folder not found: {call.Name}.{call.Names[1]}");
    }
}
