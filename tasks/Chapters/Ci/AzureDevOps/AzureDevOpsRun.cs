using System.Globalization;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>Which repository, run and pull request this process works for, as Azure Pipelines tells it in the environment.</summary>
public sealed record AzureDevOpsRun
{
    /// <summary>Id of the project, which the repository is in too.</summary>
    public required string Project { get; init; }

    public required string Repository { get; init; }

    /// <summary>Null when the run belongs to none: a push, a schedule.</summary>
    public int? PullRequest { get; init; }

    public Uri? Page { get; init; }

    /// <exception cref="ProblemException">What Azure Pipelines always tells is missing, or the repository lies elsewhere.</exception>
    public static AzureDevOpsRun Of(Func<string, string?> environment)
    {
        var collection = Address(environment);
        var project = Needed(environment, "SYSTEM_TEAMPROJECTID");
        if (Needed(environment, "BUILD_REPOSITORY_PROVIDER") is not "TfsGit" and var provider) throw new ProblemException(Elsewhere(provider));

        return new()
        {
            Project = project,
            Repository = Needed(environment, "BUILD_REPOSITORY_ID"),
            PullRequest = int.TryParse(environment("SYSTEM_PULLREQUEST_PULLREQUESTID"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null,
            Page = environment("BUILD_BUILDID") is { Length: > 0 } build ? new($"{collection.AbsoluteUri.TrimEnd('/')}/{Uri.EscapeDataString(project)}/_build/results?buildId={Uri.EscapeDataString(build)}") : null,
        };
    }

    /// <summary>What asks Azure DevOps as the token of the job.</summary>
    /// <exception cref="ProblemException">There is no token, or it would travel in the open.</exception>
    public static AzureDevOpsApi Api(Func<string, string?> environment, Redactor redactor, TimeProvider clock) =>
        new(new ForgeOptions { Root = Address(environment), Token = new Secret(Needed(environment, "SYSTEM_ACCESSTOKEN")), Redactor = redactor }, clock);

    private static Uri Address(Func<string, string?> environment) =>
        Uri.TryCreate(Needed(environment, "SYSTEM_COLLECTIONURI"), UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.IsLoopback)
            ? address
            : throw new ProblemException(Missing("SYSTEM_COLLECTIONURI"));

    private static string Needed(Func<string, string?> environment, string name) =>
        environment(name) is { Length: > 0 } value ? value : throw new ProblemException(Missing(name));

    private static Problem Missing(string name) => new(
        "Not inside Azure Pipelines",
        $"Comments need {name}, and it is not set, or not what Azure Pipelines sets. Inside a job it is there; SYSTEM_ACCESSTOKEN must be handed to a script by name, and the task does that by itself.");

    private static Problem Elsewhere(string provider) => new(
        "Pull request lies elsewhere",
        $"The repository of this run is kept by {provider}, and its token opens only Azure Repos. Leave the comment out, or let GitHub Actions write it; the plan is in the summary of the run.");
}
