using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The comments of a pull request on GitHub.</summary>
public sealed class GitHubConversation(GitHubApi api, GitHubRun run, int number) : Conversation
{
    public override int Longest => 65_536;

    public override Uri? RunPage => run.Page;

    public override async IAsyncEnumerable<Comment> ListAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var item in api.ListAsync($"repos/{run.Repository}/issues/{number}/comments", cancel))
        {
            if (GitHubAuthor.MayBeOurs(item)) yield return new($"{Pointer.Member(item, "id")}", $"{Pointer.Member(item, "body")}");
        }
    }

    public override Task<bool> CreateAsync(string text, CancellationToken cancel) =>
        api.PostAsync($"repos/{run.Repository}/issues/{number}/comments", new JsonObject { ["body"] = text }, cancel);

    public override Task<bool> UpdateAsync(Comment comment, string text, CancellationToken cancel) =>
        api.PatchAsync($"repos/{run.Repository}/issues/comments/{comment.Id}", new JsonObject { ["body"] = text }, cancel);
}
