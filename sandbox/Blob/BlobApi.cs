using System.Text.Json.Nodes;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace DssPipeline.Sandbox;

/// <summary>The blob service of storage accounts: containers, block blobs and leases.</summary>
internal sealed class BlobApi(BlobStore store, Containers containers, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly BlobContainers _containers = new(store, containers);
    private readonly Blobs _blobs = new(store, containers);
    private readonly FilePaths _files = new(store, containers);

    public async Task HandleAsync(HttpContext context)
    {
        context.Response.Headers["x-ms-version"] = context.Request.Headers["x-ms-version"].FirstOrDefault() ?? "2025-05-05";
        context.Response.Headers["x-ms-request-id"] = Guid.NewGuid().ToString();
        try
        {
            var answer = Serve(await ReadAsync(context));
            await answer.WriteAsync(context);
        }
        catch (BlobRefusal refusal) when (StorageName.IsForFiles(context.Request))
        {
            context.Response.Headers["x-ms-error-code"] = refusal.Code;
            await ErrorAnswer.WriteJsonAsync(context, refusal.Status, new JsonObject { ["error"] = new JsonObject { ["code"] = refusal.Code, ["message"] = refusal.Message } });
        }
        catch (BlobRefusal refusal)
        {
            await ErrorAnswer.WriteAsync(Endpoint.Blob, context, refusal.Status, refusal.Code, refusal.Message);
        }
    }

    private async Task<BlobCall> ReadAsync(HttpContext context)
    {
        var (account, path) = StorageName.Of(context.Request);
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        return new BlobCall(context.Request, account, path.FirstOrDefault() ?? "", string.Join('/', path.Skip(1)), body.ToArray(), clock.GetUtcNow());
    }

    private BlobAnswer Serve(BlobCall call)
    {
        lock (_gate)
        {
            if (call.Container.Length > 0 && StorageName.IsForFiles(call.Request)) return _files.Serve(call);
            if (call.Container.Length > 0) return call.Blob.Length > 0 ? _blobs.Serve(call) : _containers.Serve(call);
        }

        if (call.Request.Method == "GET" && call.Request.Query["comp"] == "list") return _containers.List(call.Account);
        throw new BlobRefusal(400, "InvalidUri", "The requested URI names no container.");
    }
}

/// <summary>What the blob service answers.</summary>
internal sealed record BlobAnswer(int Status, IReadOnlyDictionary<string, string> Headers, byte[]? Content = null)
{
    public static BlobAnswer Json(JsonObject document) => new(
        200,
        new Dictionary<string, string>(StringComparer.Ordinal) { ["Content-Type"] = "application/json;charset=utf-8" },
        System.Text.Encoding.UTF8.GetBytes(document.ToJsonString()));

    public static BlobAnswer Xml(XElement document) => new(
        200,
        new Dictionary<string, string>(StringComparer.Ordinal) { ["Content-Type"] = "application/xml" },
        System.Text.Encoding.UTF8.GetBytes($"""<?xml version="1.0" encoding="utf-8"?>{document.ToString(SaveOptions.DisableFormatting)}"""));

    public async Task WriteAsync(HttpContext context)
    {
        context.Response.StatusCode = Status;
        foreach (var (name, value) in Headers) context.Response.Headers[name] = value;
        if (Content is null) return;

        context.Response.ContentLength = Content.Length;
        if (!HttpMethods.IsHead(context.Request.Method)) await context.Response.Body.WriteAsync(Content, context.RequestAborted);
    }
}
