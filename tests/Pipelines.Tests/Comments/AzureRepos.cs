using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace DssPipeline.Pipelines.Tests;

/// <summary>The threads of one pull request in Azure Repos, on loopback, behind its real addresses.</summary>
internal sealed class AzureRepos : IAsyncDisposable
{
    public const string Self = "00000000-0000-0000-0000-00000000b01d";
    private const string Token = "job-token";

    private readonly WebApplication app;
    private readonly List<JsonObject> threads = [];
    private int next = 1;

    private AzureRepos(WebApplication app) => this.app = app;

    /// <summary>Answers that come before the real ones, for the requests of a method.</summary>
    public Queue<(string Method, int Status, string Body)> Trouble { get; } = new();

    /// <summary>Every request, as method and path.</summary>
    public List<string> Requests { get; } = [];

    public IReadOnlyList<JsonObject> Threads => threads;

    public string Address => app.Urls.Single();

    /// <summary>Names of what is set.</summary>
    public static IReadOnlyList<string> Names { get; } = ["SYSTEM_COLLECTIONURI", "SYSTEM_TEAMPROJECTID", "SYSTEM_PULLREQUEST_PULLREQUESTID", "BUILD_REPOSITORY_PROVIDER", "BUILD_REPOSITORY_ID", "BUILD_BUILDID"];

    /// <summary>What Azure Pipelines sets in a job for this pull request.</summary>
    public Func<string, string?> Variables => name => name switch
    {
        "SYSTEM_COLLECTIONURI" => $"{Address}/contoso/",
        "SYSTEM_TEAMPROJECTID" => "project-1",
        "SYSTEM_ACCESSTOKEN" => Token,
        "SYSTEM_PULLREQUEST_PULLREQUESTID" => "17",
        "BUILD_REPOSITORY_PROVIDER" => "TfsGit",
        "BUILD_REPOSITORY_ID" => "repository-1",
        "BUILD_BUILDID" => "4711",
        _ => null,
    };

    public static async Task<AzureRepos> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var repos = new AzureRepos(builder.Build());
        repos.app.Run(repos.AnswerAsync);
        await repos.app.StartAsync();
        return repos;
    }

    /// <summary>A thread that somebody began.</summary>
    public JsonObject Begin(string content, string author = Self)
    {
        var thread = new JsonObject
        {
            ["id"] = next++,
            ["isDeleted"] = false,
            ["comments"] = new JsonArray(new JsonObject { ["id"] = 1, ["content"] = content, ["author"] = new JsonObject { ["id"] = author }, ["isDeleted"] = false }),
        };
        threads.Add(thread);
        return thread;
    }

    public static string ContentOf(JsonObject thread) => $"{thread["comments"]![0]!["content"]}";

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var (method, path) = (context.Request.Method, $"{context.Request.Path}");
        Requests.Add($"{method} {path}");
        using var reader = new StreamReader(context.Request.Body);
        var text = await reader.ReadToEndAsync();
        var (status, body) = Trouble.TryPeek(out var trouble) && trouble.Method == method
            ? (Trouble.Dequeue().Status, trouble.Body)
            : Answer(context.Request, method, path, text.Length == 0 ? [] : JsonNode.Parse(text)!.AsObject());
        context.Response.StatusCode = status;
        if (status == 429) context.Response.Headers.RetryAfter = "1";
        await context.Response.WriteAsync(body);
    }

    private (int Status, string Body) Answer(HttpRequest request, string method, string path, JsonObject body)
    {
        const string Root = "/contoso/project-1/_apis/git/repositories/repository-1/pullRequests/17/threads";
        if (request.Headers.Authorization != $"Bearer {Token}") return (203, "<html>Sign in</html>");
        if (!$"{request.Query["api-version"]}".StartsWith("7.1", StringComparison.Ordinal)) return (400, """{"message":"No api-version was supplied."}""");
        if (path == "/contoso/_apis/connectionData") return (200, $$$"""{"authenticatedUser":{"id":"{{{Self}}}"}}""");
        if (path == Root && method == "GET") return (200, new JsonObject { ["count"] = threads.Count, ["value"] = new JsonArray([.. threads.Select(thread => thread.DeepClone())]) }.ToJsonString());
        if (path == Root && method == "POST") return (200, Begin($"{body["comments"]![0]!["content"]}").ToJsonString());
        return method == "PATCH" && Find(Root, path) is { } comment ? Change(comment, body) : (404, """{"message":"TF401180: The requested pull request was not found."}""");
    }

    private JsonObject? Find(string root, string path) =>
        threads.Where(thread => path == $"{root}/{thread["id"]}/comments/1").Select(thread => thread["comments"]![0]!.AsObject()).FirstOrDefault(comment => !(bool)comment["isDeleted"]!);

    private static (int Status, string Body) Change(JsonObject comment, JsonObject body)
    {
        if ($"{comment["author"]!["id"]}" != Self) return (403, """{"message":"TF401027: You need the Git 'PullRequestContribute' permission to perform this action."}""");

        comment["content"] = $"{body["content"]}";
        return (200, comment.ToJsonString());
    }
}
