using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The threads of a pull request in Azure Repos, each of which begins with a comment.</summary>
public sealed class AzureDevOpsConversation(AzureDevOpsApi api, AzureDevOpsRun run, int number) : Conversation
{
    public override int Longest => 150_000;

    public override Uri? RunPage => run.Page;

    private string Threads => $"{Uri.EscapeDataString(run.Project)}/_apis/git/repositories/{Uri.EscapeDataString(run.Repository)}/pullRequests/{number}/threads";

    /// <summary>What this pipeline began: nobody may change the comments of others, so only those can be kept up to date.</summary>
    public override async IAsyncEnumerable<Comment> ListAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var self = await api.WhoAmIAsync(cancel);
        foreach (var thread in await api.ListAsync(Threads, cancel))
        {
            if (!IsDeleted(thread) && Pointer.At(thread, "/comments/0") is JsonObject first && !IsDeleted(first) && Pointer.At(first, "/author/id")?.ToString() == self)
            {
                yield return new($"{Pointer.Member(thread, "id")}/comments/{Pointer.Member(first, "id")}", $"{Pointer.Member(first, "content")}");
            }
        }
    }

    // A thread without a status asks nobody to resolve it, so it holds no pull request back.
    public override Task<bool> CreateAsync(string text, CancellationToken cancel) => api.PostAsync(
        Threads,
        new JsonObject { ["comments"] = new JsonArray(new JsonObject { ["parentCommentId"] = 0, ["content"] = text, ["commentType"] = "text" }) },
        cancel);

    public override Task<bool> UpdateAsync(Comment comment, string text, CancellationToken cancel) =>
        api.PatchAsync($"{Threads}/{comment.Id}", new JsonObject { ["content"] = text }, cancel);

    private static bool IsDeleted(JsonObject item) => Pointer.Member(item, "isDeleted") is JsonValue value && value.TryGetValue<bool>(out var deleted) && deleted;
}
