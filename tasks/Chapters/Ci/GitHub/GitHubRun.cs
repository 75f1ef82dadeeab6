using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>Which repository, run and pull request this process works for, as GitHub Actions tells it in the environment.</summary>
public sealed partial record GitHubRun
{
    public required string Repository { get; init; }

    /// <summary>Null when the run belongs to none: a push, a schedule.</summary>
    public int? PullRequest { get; init; }

    /// <summary>The pull request comes from another repository, so the token of this run only reads.</summary>
    public bool IsFork { get; init; }

    public Uri? Page { get; init; }

    /// <exception cref="ProblemException">What GitHub Actions always tells is missing or strange.</exception>
    public static GitHubRun Of(Func<string, string?> environment)
    {
        var repository = environment("GITHUB_REPOSITORY") ?? "";
        if (!Slug().IsMatch(repository)) throw new ProblemException(Missing("GITHUB_REPOSITORY"));

        var happened = Event(environment("GITHUB_EVENT_PATH"));
        var head = Pointer.At(happened, "/pull_request/head/repo/full_name")?.ToString();
        return new()
        {
            Repository = repository,
            PullRequest = NumberOf(happened),
            IsFork = head is not null && !string.Equals(head, repository, StringComparison.OrdinalIgnoreCase),
            Page = environment("GITHUB_RUN_ID") is { Length: > 0 } id && Uri.TryCreate($"{environment("GITHUB_SERVER_URL")}/{repository}/actions/runs/{id}", UriKind.Absolute, out var page) ? page : null,
        };
    }

    /// <summary>What asks GitHub as the token of the job.</summary>
    /// <exception cref="ProblemException">There is no token, or it would travel in the open.</exception>
    public static GitHubApi Api(Func<string, string?> environment, Redactor redactor, TimeProvider clock)
    {
        if (environment("GITHUB_TOKEN") is not { Length: > 0 } token) throw new ProblemException(Missing("GITHUB_TOKEN"));
        if (!Uri.TryCreate(environment("GITHUB_API_URL"), UriKind.Absolute, out var api) || !(api.Scheme == Uri.UriSchemeHttps || api.IsLoopback)) throw new ProblemException(Missing("GITHUB_API_URL"));
        return new(new ForgeOptions { Root = api, Token = new Secret(token), Redactor = redactor }, clock);
    }

    // A comment on a pull request is an event of an issue that is one.
    private static int? NumberOf(JsonNode? happened) =>
        (Pointer.At(happened, "/pull_request/number") ?? (Pointer.At(happened, "/issue/pull_request") is null ? null : Pointer.At(happened, "/issue/number"))) is JsonValue value && value.TryGetValue<int>(out var number) ? number : null;

    private static JsonNode? Event(string? file)
    {
        try
        {
            return File.Exists(file) ? JsonNode.Parse(File.ReadAllText(file)) : null;
        }
        catch (Exception failure) when (failure is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static Problem Missing(string name) => new(
        "Not inside GitHub Actions",
        $"Comments and issues need {name}, and it is not set, or not what GitHub Actions sets. Inside a job it is there; GITHUB_TOKEN must be handed to the step by name, as the action does.");

    [GeneratedRegex(@"^[\w.-]+/[\w.-]+\z", RegexOptions.ExplicitCapture | RegexOptions.ECMAScript, 1000)]
    private static partial Regex Slug();
}
