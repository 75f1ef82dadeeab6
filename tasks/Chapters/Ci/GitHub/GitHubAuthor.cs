using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>Tells what a pipeline may have written from what a stranger wrote with our marker in front.</summary>
internal static class GitHubAuthor
{
    private static readonly string[] Insiders = ["OWNER", "MEMBER", "COLLABORATOR"];

    // The token of a job writes as an app, a token of a person as that person, who may change every comment anyway.
    public static bool MayBeOurs(JsonObject item) =>
        Pointer.At(item, "/user/type")?.ToString() == "Bot" || Insiders.Contains(Pointer.Member(item, "author_association")?.ToString(), StringComparer.Ordinal);
}
