using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace DssPipeline.Pipelines.Tests;

/// <summary>The part of GitHub's REST API that keeps issues and comments: it pages, limits, locks and refuses like the real one.</summary>
internal sealed class LoopbackGitHub : LoopbackForge
{
    public const string Repository = "acme/data";
    public const string Token = "ghs_loopbackTokenOfTheJob";

    private readonly List<GitHubEntry> entries = [];
    private readonly Lock gate = new();
    private int last;

    private LoopbackGitHub()
    {
    }

    public IReadOnlyList<GitHubEntry> Comments => [.. entries.Where(entry => entry.IsComment)];

    public IReadOnlyList<GitHubEntry> Issues => [.. entries.Where(entry => !entry.IsComment)];

    /// <summary>Refuses to make or change anything, as to the token of a fork.</summary>
    public bool OnlyReads { get; set; }

    public bool IsLocked { get; set; }

    public static Task<LoopbackGitHub> StartAsync() => StartedAsync(new LoopbackGitHub());

    public void Add(GitHubEntry entry) => entries.Add(entry with { Id = ++last });

    public void Delete(int id) => entries.RemoveAll(entry => entry.Id == id);

    /// <summary>Does what the request asks, whatever is answered to it.</summary>
    public async Task<JsonNode> WriteAsync(HttpContext context)
    {
        var body = (JsonObject)(await JsonNode.ParseAsync(context.Request.Body))!;
        var path = context.Request.Path.Value!.Split('/');
        lock (gate)
        {
            if (context.Request.Method == "POST") Add(new(0, $"{body["body"]}") { IsComment = path[^1] == "comments", Title = $"{body["title"]}" });
            else entries[IndexOf(path)] = entries[IndexOf(path)] is var old && body["state"]?.ToString() is { } state ? old with { Text = $"{body["body"]}", State = state } : old with { Text = $"{body["body"]}" };
            return (context.Request.Method == "POST" ? entries[^1] : entries[IndexOf(path)]).Json;
        }
    }

    protected override async Task<bool> RefusesAsync(HttpContext context)
    {
        if (context.Request.Headers.Authorization != $"Bearer {Token}") await RefuseAsync(context, 401, "Bad credentials");
        else if (string.IsNullOrEmpty(context.Request.Headers.UserAgent)) await RefuseAsync(context, 403, "Request forbidden by administrative rules.");
        else if (!context.Request.Path.StartsWithSegments($"/repos/{Repository}", StringComparison.Ordinal)) await RefuseAsync(context, 404, "Not Found");
        else return false;
        return true;
    }

    protected override async Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Method == "GET") await ListAsync(context);
        else if (OnlyReads) await RefuseAsync(context, 403, "Resource not accessible by integration");
        else if (IsLocked) await RefuseAsync(context, 403, "Unable to create comment because issue is locked.");
        else if (context.Request.Method == "PATCH" && IndexOf(context.Request.Path.Value!.Split('/')) < 0) await RefuseAsync(context, 404, "Not Found");
        else await TakeAsync(context);
    }

    private int IndexOf(string[] path) => entries.FindIndex(entry => $"{entry.Id}" == path[^1]);

    private async Task TakeAsync(HttpContext context)
    {
        context.Request.EnableBuffering();
        var body = (JsonObject)(await JsonNode.ParseAsync(context.Request.Body))!;
        context.Request.Body.Position = 0;
        if ($"{body["body"]}".Length > 65_536) await RefuseAsync(context, 422, "Validation Failed: body is too long (maximum is 65536 characters)");
        else await AnswerAsync(context, context.Request.Method == "POST" ? 201 : 200, await WriteAsync(context));
    }

    private Task ListAsync(HttpContext context)
    {
        var (size, page) = (int.Parse(context.Request.Query["per_page"]!), int.Parse(context.Request.Query["page"]!));
        var open = entries.Where(entry => entry.IsComment == context.Request.Path.Value!.EndsWith("/comments", StringComparison.Ordinal) && entry.State == "open").ToList();
        if (page * size < open.Count) context.Response.Headers.Link = $"<{Uri}x?page={page + 1}>; rel=\"next\", <{Uri}x?page=9>; rel=\"last\"";
        return AnswerAsync(context, 200, new JsonArray([.. open.Skip((page - 1) * size).Take(size).Select(entry => entry.Json)]));
    }
}
