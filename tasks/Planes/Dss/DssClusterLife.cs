using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>
/// How one cluster of DSS is started and stopped. Both take minutes, and what stands between may lose the answer meanwhile;
/// so the state is what counts, and nothing is asked for twice before it is known.
/// </summary>
public sealed partial class DssClusterLife(Dss dss, string id)
{
    /// <summary>How far it is; null when DSS has no such cluster.</summary>
    public async Task<DssClusterStatus?> StatusAsync(CancellationToken cancel) =>
        await dss.AnswerAsync(Path, "status", cancel) is { } status ? DssClusterStatus.Read(status, dss.Redactor) : null;

    /// <summary>Its state once nothing is being done to it any more, also by a run that died.</summary>
    public Task<DssClusterStatus> SettledAsync(CancellationToken cancel) => UntilAsync(status => !status.IsMoving, Waits.Deadline, cancel);

    /// <summary>What came of a failed start, in words for people.</summary>
    public ProblemException NotStarted(DssClusterStatus status) => dss.ClusterFailed("ClusterStartFailed", id, status.Error ?? "DSS says nothing about why.");

    private DssClusterWaits Waits => dss.ClusterWaits;

    private string Path => Dss.Path("admin", "clusters", id);

    private async Task<DssClusterStatus> UntilAsync(Func<DssClusterStatus, bool> isIt, TimeSpan deadline, CancellationToken cancel)
    {
        var (since, pause) = (dss.Clock.GetUtcNow(), Waits.First);
        while (true)
        {
            var status = await StatusAsync(cancel) ?? throw dss.ClusterFailed("ClusterGone", id, "it was removed meanwhile");
            if (isIt(status)) return status;
            if (dss.Clock.GetUtcNow() - since >= deadline) return deadline < Waits.Deadline ? status : throw dss.ClusterFailed("ClusterTooLong", id, status.State);

            dss.Tell(new Wait($"dss/cluster/{id}", status.State is DssClusterStatus.Stopping ? "the cluster is stopped" : $"the cluster runs (it is {status.State})", since));
            await Task.Delay(pause, dss.Clock, cancel);
            pause = pause * 1.5 < Waits.Longest ? pause * 1.5 : Waits.Longest;
        }
    }

    /// <summary>Sends a request that holds until all is done, and looks at the state beside it.</summary>
    /// <returns>What DSS itself said against it, and whether its answer was heard at all.</returns>
    private async Task<(string? Refusal, bool IsHeard)> AskAsync(string action, string wanted, CancellationToken cancel)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var asking = dss.SendAsync(DssRequest.Post($"{Path}/actions/{action}", null) with { Persistence = DssPersistence.Once }, enough.Token);
        var watching = WatchAsync(wanted, enough.Token);
        var first = await Task.WhenAny(asking, watching);
        await enough.CancelAsync();
        cancel.ThrowIfCancellationRequested();
        if (first == watching && watching.IsCompletedSuccessfully) return (null, true);

        return Heard(await asking);
    }

    private static (string? Refusal, bool IsHeard) Heard(DssAnswer answer)
    {
        if (answer.Failure is not null || answer.IsPage || answer.IsCut || answer.Status is 408 or 429 or 502 or 503 or 504) return (null, false);

        return (answer.IsGood ? DssMessages.FailureIn(answer.Json) : DssError.Of(answer).Message, true);
    }

    /// <summary>Ends when the state is there that was asked for, whatever became of the request. An old one is no news.</summary>
    private async Task WatchAsync(string wanted, CancellationToken cancel)
    {
        try
        {
            await UntilAsync(status => status.State == wanted, Waits.Deadline, cancel);
        }
        catch (ProblemException)
        {
            // A look that fails says nothing about the request, which has an end of its own.
            await Task.Delay(Timeout.InfiniteTimeSpan, dss.Clock, cancel);
        }
    }
}
