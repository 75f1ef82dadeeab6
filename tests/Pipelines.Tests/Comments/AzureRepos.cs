using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace DssPipeline.Pipelines.Tests;

/// <summary>The threads of one pull request in Azure Repos, on loopback, behind its real addresses.</summary>
internal sealed class AzureRepos : LoopbackForge
{
    public const string Self = "00000000-0000-0000-0000-00000000b01d";
    private const string Root = "/contoso/project-1/_apis/git/repositories/repository-1/pullRequests/17/threads";
    private const string Token = "job-token";

    private readonly List<JsonObject> threads = [];
    private int next = 1;

    private AzureRepos()
    {
    }

    public IReadOnlyList<JsonObject> Threads => threads;

    public string Address => Uri.AbsoluteUri.TrimEnd('/');

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

    public static Task<AzureRepos> StartAsync() => StartedAsync(new AzureRepos());

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

    protected override async Task<bool> RefusesAsync(HttpContext context)
    {
        if (context.Request.Headers.Authorization != $"Bearer {Token}") await SignInAsync(context);
        else if (!$"{context.Request.Query["api-version"]}".StartsWith("7.1", StringComparison.Ordinal)) await RefuseAsync(context, 400, "No api-version was supplied.");
        else return false;
        return true;
    }

    protected override async Task AnswerAsync(HttpContext context)
    {
        var (method, path) = (context.Request.Method, $"{context.Request.Path}");
        if (path == "/contoso/_apis/connectionData") await AnswerAsync(context, 200, new JsonObject { ["authenticatedUser"] = new JsonObject { ["id"] = Self } });
        else if (path == Root && method == "GET") await AnswerAsync(context, 200, new JsonObject { ["count"] = threads.Count, ["value"] = new JsonArray([.. threads.Select(thread => thread.DeepClone())]) });
        else if (path == Root && method == "POST") await AnswerAsync(context, 200, Begin($"{(await BodyAsync(context))["comments"]![0]!["content"]}").DeepClone());
        else if (method == "PATCH" && Find(path) is { } comment) await ChangeAsync(context, comment);
        else await RefuseAsync(context, 404, "TF401180: The requested pull request was not found.");
    }

    private JsonObject? Find(string path) =>
        threads.Where(thread => path == $"{Root}/{thread["id"]}/comments/1").Select(thread => thread["comments"]![0]!.AsObject()).FirstOrDefault(comment => !(bool)comment["isDeleted"]!);

    private static async Task ChangeAsync(HttpContext context, JsonObject comment)
    {
        if ($"{comment["author"]!["id"]}" != Self)
        {
            await RefuseAsync(context, 403, "TF401027: You need the Git 'PullRequestContribute' permission to perform this action.");
            return;
        }

        comment["content"] = $"{(await BodyAsync(context))["content"]}";
        await AnswerAsync(context, 200, comment);
    }

    private static Task SignInAsync(HttpContext context)
    {
        context.Response.StatusCode = 203;
        return context.Response.WriteAsync("<html>Sign in</html>");
    }

    private static async Task<JsonObject> BodyAsync(HttpContext context) => (JsonObject)(await JsonNode.ParseAsync(context.Request.Body))!;
}
