using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>How macros of plugins are run: they are no futures, and end in the same ways.</summary>
public sealed partial class Dss
{
    /// <summary>Runs a macro in the name of a project, waits for it, and tells its result.</summary>
    /// <param name="macro">Its path: <c>projects/KEY/runnables/TYPE</c>.</param>
    /// <exception cref="ProblemException">It failed, was forgotten, or did not end in time; then it was aborted.</exception>
    public async Task<string> RunMacroAsync(string macro, JsonObject parameters, FutureOptions future, CancellationToken cancel)
    {
        var started = await PostAsync($"{macro}?wait=false", new JsonObject { ["params"] = parameters, ["adminParams"] = new JsonObject() }, cancel);
        var run = started?["runId"]?.ToString() is { Length: > 0 } id ? Path(id) : throw problems.OfFuture("FutureUnknown", future);
        var abort = new DssRequest(HttpMethod.Post, $"{macro}/abort/{run}");
        try
        {
            await EndAsync($"{macro}/state/{run}", abort, future, cancel);
        }
        catch (OperationCanceledException)
        {
            await AbortAsync(abort);
            throw;
        }

        return await AnswerTextAsync($"{macro}/result/{run}", cancel);
    }

    private async Task EndAsync(string path, DssRequest abort, FutureOptions future, CancellationToken cancel)
    {
        var (since, pause) = (clock.GetUtcNow(), future.First);
        while (await GoesOnAsync(path, future, cancel))
        {
            if (clock.GetUtcNow() - since >= future.Deadline)
            {
                await AbortAsync(abort);
                throw problems.OfFuture("FutureTooLong", future);
            }

            pause = await WaitAsync(pause, since, future, cancel);
        }
    }

    private async Task<bool> GoesOnAsync(string path, FutureOptions future, CancellationToken cancel)
    {
        var request = DssRequest.Get(path) with { Persistence = DssPersistence.Polling };
        var answer = await SendAsync(request, cancel);
        var state = DssError.TellsOfMissing(answer) ? null : Read(answer, request) as JsonObject;
        if (state?["exists"]?.ToString() is not "true") throw problems.OfFuture("FutureUnknown", future);
        if (DssMessages.FailureIn(state) is { } failure) throw problems.OfFuture(new RemoteError(200, "FutureFailed", failure), future);

        return state["running"]?.ToString() is "true";
    }
}
