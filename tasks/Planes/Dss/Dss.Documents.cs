using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>What documents need of their DSS.</summary>
public sealed partial class Dss
{
    internal ProblemException Dropped(string path, IReadOnlyList<string> lost) =>
        problems.Tell(new RemoteError(200, "Dropped", string.Join(", ", lost)), path);

    internal ProblemException NotThere(string path) => problems.Tell(new RemoteError(404, "NoDocument", "it is not there"), path);

    internal DssQuiet QuietOf(string path) => new(path, options.Retry, clock, problems);

    /// <summary>Does something from its beginning until it is answered for good.</summary>
    internal async Task RepeatAsync(Func<Task<DssAnswer>> attempt, DssRequest request, CancellationToken cancel)
    {
        var answer = await sender.RepeatAsync(attempt, cancel);
        if (answer.Failure is { } failure) throw problems.OfWay(failure, request);
        if (!answer.IsGood || answer.IsPage) throw problems.Tell(answer, request);
    }
}
