using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Long tasks, looked at until they have a result. They are in memory only: a restart forgets them.</summary>
internal sealed class DssFutures(DssInstance dss)
{
    // However often somebody looks who does not wait in between, the task gets some time for itself.
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(10);

    private readonly ConcurrentDictionary<string, DssFuture> _known = new(StringComparer.Ordinal);

    public IEnumerable<DssRoute> Routes =>
    [
        new("GET", "futures", call => DssAnswer.Of(new JsonArray([.. _known.Values.Where(future => call.Flag("allUsers") || future.Owner.Id == call.Key.Id).Select(future => future.State(!future.Work.IsCompleted))]))),
        new("GET", "futures/*", LookAsync),
        new("DELETE", "futures/*", AbortAsync),
    ];

    /// <summary>Begins a task; where the habits say so its result comes at once.</summary>
    public async Task<DssAnswer> StartAsync(DssKey owner, Func<CancellationToken, Task<JsonNode?>> work)
    {
        var abort = new CancellationTokenSource();
        if (dss.Habits.InlineFutures) return await ResultAsync(Task.Run(() => work(abort.Token)), id: null);

        var future = new DssFuture(RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", 8), owner, Task.Run(() => work(abort.Token)), abort);
        _known[future.Id] = future;
        return DssAnswer.Of(future.State(alive: true));
    }

    private async Task<DssAnswer> LookAsync(DssCall call)
    {
        if (!_known.TryGetValue(call.Name, out var future)) throw new DssRefusal(404, "com.dataiku.dip.server.controllers.NotFoundException", $"Future {call.Name} not found");

        await Task.WhenAny(future.Work, Task.Delay(Turn, TimeProvider.System));
        if (future.IsAborted) return DssAnswer.Of(future.State(alive: false));
        if (!future.IsDoneAfter(dss.Habits.Looks)) return DssAnswer.Of(future.State(alive: true));
        if (call.Flag("peek"))
        {
            var state = future.State(alive: false);
            state["hasResult"] = true;
            return DssAnswer.Of(state);
        }

        _known.TryRemove(call.Name, out _);
        return await ResultAsync(future.Work, call.Name);
    }

    private async Task<DssAnswer> AbortAsync(DssCall call)
    {
        if (!_known.TryGetValue(call.Name, out var future)) throw new DssRefusal(404, "com.dataiku.dip.server.controllers.NotFoundException", $"Future {call.Name} not found");
        await future.AbortAsync();
        return DssAnswer.Empty;
    }

    private async Task<DssAnswer> ResultAsync(Task<JsonNode?> work, string? id)
    {
        try
        {
            return DssAnswer.Of(Done(await work, id));
        }
        catch (DssTaskFailure failure)
        {
            return (dss.Habits.Failures == DssFailureForm.Own ? failure.Form : dss.Habits.Failures) switch
            {
                DssFailureForm.Messages => DssAnswer.Of(Done(With(failure, new JsonObject { ["messages"] = DssMessages.Error(failure.Code, failure.Message) }), id)),
                DssFailureForm.Result => DssAnswer.Of(Done(With(failure, new JsonObject { ["success"] = false, ["installationError"] = new JsonObject { ["message"] = failure.Message, ["detailedMessage"] = $"{failure.Code}: {failure.Message}", ["stackTraceStr"] = "" } }), id)),
                _ => DssRefusal.Broken("CodedException", $"{failure.Code}: {failure.Message}").Answer,
            };
        }
    }

    private static JsonObject With(DssTaskFailure failure, JsonObject result)
    {
        foreach (var (name, value) in failure.Facts) result[name] = value;
        return result;
    }

    private static JsonObject Done(JsonNode? result, string? id)
    {
        var state = new JsonObject { ["alive"] = false, ["hasResult"] = true, ["aborted"] = false, ["result"] = result?.DeepClone() };
        if (id is not null) state["jobId"] = id;
        return state;
    }
}
