using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>How the end of a long task is waited for.</summary>
public sealed partial class Dss
{
    /// <summary>Waits for what was started, and tells its result. An answer that is the result already is told as it is.</summary>
    /// <exception cref="ProblemException">It failed, in whichever of its ways DSS says so, died, was aborted, or did not end in time.</exception>
    public async Task<JsonNode?> FinishAsync(JsonNode? started, FutureOptions future, CancellationToken cancel)
    {
        var state = DssFuture.Of(started);
        if (state.Id is not { } job) return Finished(state, future);

        try
        {
            return Finished(await PollAsync(state, job, future, cancel), future);
        }
        catch (OperationCanceledException)
        {
            await AbortAsync(Abort(job));
            throw;
        }
    }

    private async Task<DssFuture> PollAsync(DssFuture state, string job, FutureOptions future, CancellationToken cancel)
    {
        var (since, pause, seenDead) = (clock.GetUtcNow(), future.First, false);
        while (!state.IsOver)
        {
            // A task that has just ended may not have its result beside it yet.
            if (!state.IsAlive && seenDead) throw problems.OfFuture("FutureDied", future);
            if (clock.GetUtcNow() - since >= future.Deadline)
            {
                await AbortAsync(Abort(job));
                throw problems.OfFuture("FutureTooLong", future);
            }

            seenDead = !state.IsAlive;
            pause = await WaitAsync(pause, since, future, cancel);
            state = await StateAsync(job, future, cancel);
        }

        return state;
    }

    /// <returns>How long the next pause is.</returns>
    private async Task<TimeSpan> WaitAsync(TimeSpan pause, DateTimeOffset since, FutureOptions future, CancellationToken cancel)
    {
        options.Waiting?.Report(new Wait(future.Subject, future.What, since));
        await Task.Delay(pause, clock, cancel);
        return pause * 1.1 < future.Longest ? pause * 1.1 : future.Longest;
    }

    private async Task<DssFuture> StateAsync(string job, FutureOptions future, CancellationToken cancel)
    {
        var request = DssRequest.Get($"{Path("futures", job)}?peek=False") with { Persistence = DssPersistence.Polling };
        var answer = await SendAsync(request, cancel);
        if (answer.Status == 404 && !answer.IsPage) throw problems.OfFuture("FutureUnknown", future);
        if (!answer.IsGood && !answer.IsPage) throw problems.OfFuture(DssError.Of(answer), future);

        return DssFuture.Of(Read(answer, request));
    }

    private JsonNode? Finished(DssFuture state, FutureOptions future)
    {
        if (state.IsAborted) throw problems.OfFuture("FutureAborted", future);

        return DssMessages.FailureIn(state.Result) is { } failure ? throw problems.OfFuture(new RemoteError(200, "FutureFailed", failure), future) : state.Result;
    }

    private static DssRequest Abort(string job) => DssRequest.Delete(Path("futures", job));

    /// <summary>Asks DSS to leave it; what does not listen is told by whoever looks next.</summary>
    private async Task AbortAsync(DssRequest abort)
    {
        using var patience = new CancellationTokenSource(options.Farewell);
        try
        {
            await sender.SendAsync(abort with { Persistence = DssPersistence.Once }, patience.Token);
        }
        catch (Exception failure) when (failure is ProblemException or OperationCanceledException)
        {
            // The run is ending because of something else, which is what is told.
        }
    }
}
