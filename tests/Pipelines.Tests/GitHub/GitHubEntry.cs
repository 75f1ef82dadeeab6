using System.Text.Json.Nodes;

namespace DssPipeline.Pipelines.Tests;

/// <summary>A comment or an issue of the loopback GitHub, by default written by the token of a job.</summary>
internal sealed record GitHubEntry(int Id, string Text)
{
    public bool IsComment { get; init; } = true;

    public string Title { get; init; } = "";

    public string State { get; init; } = "open";

    public string UserType { get; init; } = "Bot";

    public string Association { get; init; } = "NONE";

    public bool IsPullRequest { get; init; }

    public JsonObject Json
    {
        get
        {
            var json = new JsonObject { ["id"] = Id, ["number"] = Id, ["body"] = Text, ["title"] = Title, ["state"] = State, ["author_association"] = Association, ["user"] = new JsonObject { ["type"] = UserType } };
            if (IsPullRequest) json["pull_request"] = new JsonObject();
            return json;
        }
    }
}
