using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>How macros of plugins are run: they are no futures, and end in the same ways.</summary>
public sealed partial class Dss
{
    /// <summary>Runs a macro in the name of a project, waits for it, and tells its result.</summary>
    /// <param name="macro">Its path: <c>projects/KEY/runnables/TYPE</c>.</param>
    /// <exception cref="ProblemException">It failed, was forgotten, did not end in time, or DSS stopped telling of it; in the last two it was aborted.</exception>
    public async Task<string> RunMacroAsync(string macro, JsonObject parameters, FutureOptions future, CancellationToken cancel)
    {
        var started = await PostAsync($"{macro}?wait=false", new JsonObject { ["params"] = parameters, ["adminParams"] = new JsonObject() }, cancel);
        var run = started?["runId"]?.ToString() is { Length: > 0 } id ? Path(id) : throw problems.OfFuture("FutureUnknown", future);
        var state = await OverAsync(macro, run, future, cancel);
        if (!IsKnown(state)) throw problems.OfFuture("FutureUnknown", future);
        if (DssMessages.FailureIn(state) is { } failure) throw problems.OfFuture(new RemoteError(200, "FutureFailed", failure), future);

        return await AnswerTextAsync($"{macro}/result/{run}", cancel);
    }

    /// <summary>Its state when it does not go on. Whatever ends the waiting before that ends the macro as well: nobody would fetch what it comes to.</summary>
    private async Task<JsonObject?> OverAsync(string macro, string run, FutureOptions future, CancellationToken cancel)
    {
        try
        {
            return await EndAsync($"{macro}/state/{run}", future, cancel);
        }
        catch (Exception end) when (end is ProblemException or OperationCanceledException)
        {
            await AbortAsync(new DssRequest(HttpMethod.Post, $"{macro}/abort/{run}"));
            throw;
        }
    }

    private async Task<JsonObject?> EndAsync(string path, FutureOptions future, CancellationToken cancel)
    {
        var (since, pause) = (clock.GetUtcNow(), future.First);
        while (true)
        {
            var state = await StateAsync(path, cancel);
            if (!IsKnown(state) || $"{state?["running"]}" is not "true" || DssMessages.FailureIn(state) is not null) return state;
            if (clock.GetUtcNow() - since >= future.Deadline) throw problems.OfFuture("FutureTooLong", future);

            pause = await WaitAsync(pause, since, future, cancel);
        }
    }

    /// <summary>Null when DSS knows nothing of it.</summary>
    private async Task<JsonObject?> StateAsync(string path, CancellationToken cancel)
    {
        var request = DssRequest.Get(path) with { Persistence = DssPersistence.Polling };
        var answer = await SendAsync(request, cancel);
        return DssError.TellsOfMissing(answer) ? null : Read(answer, request) as JsonObject;
    }

    private static bool IsKnown(JsonObject? state) => $"{state?["exists"]}" is "true";
}
