using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Macros of plugins, run in the name of a project. A run is forgotten when its result is fetched, or when DSS restarts.</summary>
internal sealed class DssRunnables(DssInstance dss)
{
    private readonly ConcurrentDictionary<string, (Task<string> Work, CancellationTokenSource Abort, string Type)> _runs = new(StringComparer.Ordinal);

    public IEnumerable<DssRoute> Routes =>
    [
        new("GET", "projects/*/runnables", List),
        new("GET", "projects/*/runnables/*", call => DssAnswer.Of(Need(call).Shown)),
        new("POST", "projects/*/runnables/*", RunAsync),
        new("GET", "projects/*/runnables/*/state/*", State),
        new("GET", "projects/*/runnables/*/result/*", ResultAsync),
        new("POST", "projects/*/runnables/*/abort/*", AbortAsync),
    ];

    private IEnumerable<Macro> All => dss.Plugins.All.SelectMany(kit => kit.Runnables.Select(runnable => new Macro(kit.Id, runnable)));

    private DssAnswer List(DssCall call)
    {
        dss.Projects.Need(call.Name);
        return DssAnswer.Of(new JsonArray([.. All.Select(macro => macro.Shown)]));
    }

    private async Task<DssAnswer> RunAsync(DssCall call)
    {
        var macro = Need(call);
        if (macro.Plugin != AksPlugin.Id) throw DssRefusal.Broken("java.lang.UnsupportedOperationException", $"This stand-in does not know what {macro.Type} does");

        var abort = CancellationTokenSource.CreateLinkedTokenSource(dss.Ending);
        var parameters = call.Object["params"]?.DeepClone() as JsonObject ?? [];
        var work = Task.Run(() => new AksMacros(dss).RunAsync(macro.Name, parameters, abort.Token));
        var id = RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", 8);
        _runs[id] = (work, abort, macro.Type);
        if (call.Flag("wait")) await Task.WhenAny(work);
        return DssAnswer.Of(new JsonObject { ["runId"] = id });
    }

    private DssAnswer State(DssCall call)
    {
        Need(call);
        if (!_runs.TryGetValue(call.Names[2], out var run)) return DssAnswer.Of(new JsonObject { ["exists"] = false, ["running"] = false, ["empty"] = true });

        var state = new JsonObject { ["exists"] = true, ["running"] = !run.Work.IsCompleted, ["progress"] = new JsonObject(), ["empty"] = !run.Work.IsCompletedSuccessfully, ["type"] = "HTML" };
        if (Problem(run.Work) is { } problem) state["storedError"] = new JsonObject { ["errorType"] = "com.dataiku.dip.io.SocketBlockLinkKernelException", ["message"] = problem, ["detailedMessage"] = problem };
        return DssAnswer.Of(state);
    }

    private async Task<DssAnswer> ResultAsync(DssCall call)
    {
        Need(call);
        if (!_runs.TryRemove(call.Names[2], out var run)) throw DssRefusal.NotFound(dss.Habits, $"Run {call.Names[2]} not found");
        await Task.WhenAny(run.Work);
        return Problem(run.Work) is { } problem ? throw DssRefusal.Broken("com.dataiku.dip.io.SocketBlockLinkKernelException", problem) : DssAnswer.Text(await run.Work);
    }

    private async Task<DssAnswer> AbortAsync(DssCall call)
    {
        if (_runs.TryGetValue(call.Names[2], out var run)) await run.Abort.CancelAsync();
        return DssAnswer.Empty;
    }

    private Macro Need(DssCall call)
    {
        dss.Projects.Need(call.Name);
        return All.FirstOrDefault(macro => macro.Type == call.Names[1]) ?? throw DssRefusal.NotFound(dss.Habits, $"Unknown runnable type: {call.Names[1]}");
    }

    private static string? Problem(Task work) => work.Exception?.InnerException switch
    {
        PythonError error => error.Told,
        { } other => other.Message,
        null => work.IsCanceled ? "Aborted" : null,
    };

    private sealed record Macro(string Plugin, JsonObject Description)
    {
        public string Name => (string)Description["id"]!;

        public string Type => $"pyrunnable_{Plugin}_{Name}";

        public JsonObject Shown => new() { ["runnableType"] = Type, ["ownerPluginId"] = Plugin, ["meta"] = Description["meta"]?.DeepClone() ?? new JsonObject { ["label"] = Name }, ["desc"] = new JsonObject { ["params"] = Description["params"]?.DeepClone() } };
    }
}
