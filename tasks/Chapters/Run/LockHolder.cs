using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>Who this run is, in the words of the CI system it runs in, for a run that finds the lock taken.</summary>
/// <param name="variable">Reads an environment variable.</param>
internal sealed class LockHolder(Func<string, string?> variable)
{
    public LeaseHolder At(DateTimeOffset now) => new(
        Named("GITHUB_ACTOR") ?? Named("BUILD_REQUESTEDFOR") ?? Environment.UserName,
        Environment.MachineName,
        GitHub ?? AzurePipelines,
        now);

    private string? GitHub => (Named("GITHUB_SERVER_URL"), Named("GITHUB_REPOSITORY"), Named("GITHUB_RUN_ID")) is ({ } server, { } repository, { } run)
        ? $"{server}/{repository}/actions/runs/{run}"
        : null;

    private string? AzurePipelines => (Named("SYSTEM_COLLECTIONURI"), Named("SYSTEM_TEAMPROJECT"), Named("BUILD_BUILDID")) is ({ } collection, { } project, { } run)
        ? $"{collection.TrimEnd('/')}/{Uri.EscapeDataString(project)}/_build/results?buildId={run}"
        : null;

    private string? Named(string name) => variable(name) is { Length: > 0 } value ? value : null;
}
