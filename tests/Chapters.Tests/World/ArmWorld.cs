using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;
using DssPipeline.Planes.Tests;
using DssPipeline.Sandbox;
using DssPipeline.Tests;
using Microsoft.AspNetCore.Http;

namespace DssPipeline.Chapters.Tests;

/// <summary>Azure as a case needs it: answers with exactly what the case says is there, keeps what is written, and holds every body to its contract.</summary>
internal sealed class ArmWorld : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, JsonObject> things = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentQueue<string> offences = [];
    private readonly ConcurrentQueue<string> asked = [];
    private readonly LoopbackHost web;

    private ArmWorld() => web = new(ServeAsync, Certificates.Server);

    /// <summary>Bodies that Azure would not have taken.</summary>
    public IReadOnlyCollection<string> Offences => offences;

    /// <summary>Method and path of every request.</summary>
    public IReadOnlyCollection<string> Asked => asked;

    public JsonObject? this[string path]
    {
        get => things.GetValueOrDefault(path);
        set
        {
            if (value is null) things.TryRemove(path, out _);
            else things[path] = value;
        }
    }

    public static async Task<ArmWorld> StartAsync()
    {
        var world = new ArmWorld();
        await world.web.StartAsync();
        return world;
    }

    public Arm ArmFor(Manifest manifest)
    {
        var endpoints = new AzureEndpoints { Arm = web.Uri, Authority = web.Uri, CaFile = Certificates.CaFile };
        return new(new Planes.ArmOptions { Deployment = manifest.Name, Tags = manifest.Azure.Tags, Endpoints = endpoints }, new AnyToken(), new SkippingClock());
    }

    /// <summary>Puts a thing there as if Azure had made it.</summary>
    public void Place(string path, JsonObject body)
    {
        body["id"] = path;
        body["name"] = path[(path.LastIndexOf('/') + 1)..];
        body["type"] = new ArmAddress(path, "").Type;
        things[path] = ServiceValues.Fill(path, body);
    }

    public async ValueTask DisposeAsync() => await web.DisposeAsync();

    private async Task ServeAsync(HttpContext context)
    {
        var (path, version) = (context.Request.Path.Value!, context.Request.Query["api-version"].ToString());
        asked.Enqueue($"{context.Request.Method} {path}");
        var body = context.Request.ContentLength > 0 ? await JsonNode.ParseAsync(context.Request.Body) as JsonObject : null;
        var answer = Answer(context.Request.Method, path, version, body);
        context.Response.StatusCode = answer is null ? 404 : 200;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync((answer ?? Json.Of(new { error = new { code = "ResourceNotFound", message = "Nothing is there." } })).ToJsonString());
    }

    private JsonNode? Answer(string method, string path, string version, JsonObject? body)
    {
        switch (method)
        {
            case "GET":
                return things.GetValueOrDefault(path)?.DeepClone() ?? Listed(path);
            case "PUT":
                Check(path, version, body!);
                Place(path, body!);
                return things[path].DeepClone();
            case "PATCH":
                Place(path, (JsonObject)Overlay.Of(things[path], body)!);
                return things[path].DeepClone();
            case "DELETE":
                foreach (var gone in things.Keys.Where(key => $"{key}/".StartsWith($"{path}/", StringComparison.OrdinalIgnoreCase))) things.TryRemove(gone, out _);
                return new JsonObject();
            default:
                if (path.EndsWith("/register", StringComparison.Ordinal)) Place(path[..path.LastIndexOf('/')], new JsonObject { ["registrationState"] = "Registered" });
                return new JsonObject();
        }
    }

    private void Check(string path, string version, JsonObject body)
    {
        var type = new ArmAddress(path, version).Type;
        if (!ContractCatalog.Types.ContainsKey(type)) return;
        foreach (var problem in ContractValidator.Validate(type, version, body)) offences.Enqueue($"{path}: {problem.Path}: {problem.Message}");
    }

    private JsonObject? Listed(string path)
    {
        var below = things.Where(thing => thing.Key.StartsWith(path + "/", StringComparison.OrdinalIgnoreCase));
        if (path.EndsWith("/resources", StringComparison.OrdinalIgnoreCase)) return List(things.Where(thing => IsMember(thing.Key, path[..path.LastIndexOf('/')])));
        if (path.EndsWith("/roleAssignments", StringComparison.OrdinalIgnoreCase)) return List(things.Where(thing => thing.Value["type"]!.ToString() == "Microsoft.Authorization/roleAssignments"));
        return path.EndsWith("/providers", StringComparison.OrdinalIgnoreCase) || IsCollection(path)
            ? List(below.Where(thing => !thing.Key[(path.Length + 1)..].Contains('/', StringComparison.Ordinal)))
            : null;
    }

    private static bool IsMember(string path, string group) =>
        path.StartsWith($"{group}/providers/", StringComparison.OrdinalIgnoreCase) && path[(group.Length + 11)..].Split('/').Length == 3;

    private static bool IsCollection(string path) =>
        path.LastIndexOf("/providers/", StringComparison.OrdinalIgnoreCase) is > 0 and var border && path[(border + 11)..].Split('/').Length % 2 == 0;

    private static JsonObject List(IEnumerable<KeyValuePair<string, JsonObject>> found) =>
        new() { ["value"] = new JsonArray([.. found.OrderBy(thing => thing.Key, StringComparer.Ordinal).Select(thing => thing.Value.DeepClone())]) };
}
