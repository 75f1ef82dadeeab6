using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

internal sealed partial class DssClusters
{
    private const string None = "NONE";
    private const string Starting = "STARTING";
    private const string Running = "RUNNING";
    private const string Stopping = "STOPPING";

    // The request is held until the start has ended; the start goes on when the request is gone.
    private async Task<DssAnswer> StartAsync(DssCall call)
    {
        var id = call.Name;
        Need(id);
        Turn(id, None, Starting);
        return await HeldAsync(Task.Run(() => StartAsync(id)), "ERR_CLUSTERS_START_FAILED");
    }

    private async Task<DssAnswer> StopAsync(DssCall call)
    {
        var id = call.Name;
        var cluster = Need(id);
        var force = call.Flag("forceStop");
        if (!force || (string?)cluster["state"] != None) Turn(id, Running, Stopping);
        var terminate = call.Flag("terminate", usual: true);
        return await HeldAsync(Task.Run(() => StopAsync(id, force, terminate)), "ERR_CLUSTERS_STOP_FAILED");
    }

    private async Task<DssAnswer> HeldAsync(Task work, string code)
    {
        try
        {
            await work.WaitAsync(_dss.Habits.GatewayTime ?? Timeout.InfiniteTimeSpan, TimeProvider.System);
            return DssAnswer.Of(new JsonObject { ["messages"] = DssMessages.None });
        }
        catch (PythonError error)
        {
            return Failed(code, error.Told);
        }
        catch (TimeoutException)
        {
            return DssAnswer.Impatient;
        }
    }

    private async Task StartAsync(string id)
    {
        try
        {
            var cluster = Need(id);
            await Task.Delay(_dss.Habits.StartTime, TimeProvider.System, _dss.Ending);
            var started = await PluginStartAsync(cluster);
            Keep(id, kept =>
            {
                kept["state"] = Running;
                kept.Remove("error");
                kept["data"] = started?.Data.DeepClone();
                kept["containerSettings"] = new JsonObject { ["executionConfigsGenericOverrides"] = started?.Overrides.DeepClone() ?? new JsonObject() };
            });
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            var error = problem as PythonError ?? Raised(problem);
            Keep(id, kept => Fall(kept, None, $"Failed to start cluster: {error.Told}"));
            throw error;
        }
    }

    private async Task StopAsync(string id, bool force, bool terminate)
    {
        try
        {
            if (_kept.Find(id) is { } cluster) await PluginStopAsync(cluster, force);
            Keep(id, kept =>
            {
                kept["state"] = None;
                foreach (var field in (string[])["data", "error"]) kept.Remove(field);
                kept["containerSettings"] = new JsonObject { ["executionConfigsGenericOverrides"] = new JsonObject() };
            });
            if (terminate && !_dss.Ending.IsCancellationRequested) _kept.Remove(id);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            var error = problem as PythonError ?? Raised(problem);
            Keep(id, kept => Fall(kept, Running, $"Failed to stop cluster: {error.Told}"));
            throw error;
        }
    }

    private async Task<AksStarted?> PluginStartAsync(JsonObject cluster)
    {
        if (KindOf((string)cluster["type"]!) is not { } kind) return null;
        if (_dss.PluginSettings.CodeEnvOf(kind.Plugin) is not { } environment || !_dss.CodeEnvs.Exists(environment)) throw new PythonError("com.dataiku.dip.exceptions.CodedException", $"ERR_PLUGIN_WITHOUT_CODEENV: The plugin {kind.Plugin} has no code env specification");

        using var plugin = Open(cluster);
        return kind.Component switch
        {
            "create-aks-cluster" => await plugin.CreateAsync(_dss.Ending),
            "attach-aks-cluster" => await plugin.AttachAsync(_dss.Ending),
            var other => throw PythonError.Plain($"This stand-in does not know how {other} starts"),
        };
    }

    private async Task PluginStopAsync(JsonObject cluster, bool force)
    {
        if (KindOf((string)cluster["type"]!)?.Component != "create-aks-cluster" || cluster["data"] is not JsonObject data) return;
        try
        {
            using var plugin = Open(cluster);
            await plugin.DeleteAsync(data, _dss.Ending);
        }
        catch (PythonError) when (force)
        {
            // Told to forget it, whatever is left.
        }
    }

    private AksPlugin Open(JsonObject cluster) => new(_dss.Outside, (string)cluster["name"]!, ResolveConfig(cluster), FolderOf((string)cluster["id"]!));

    private void Turn(string id, string from, string to)
    {
        string? found = null;
        Keep(id, kept =>
        {
            found = (string?)kept["state"];
            if (found != from) return;
            kept["state"] = to;
            kept.Remove("error");
        });
        if (found is not null && found != from) throw DssRefusal.Broken("java.lang.IllegalStateException", $"Cluster '{id}' is in state {found}");
    }

    // A DSS that has gone down writes nothing any more.
    private void Keep(string id, Action<JsonObject> change)
    {
        if (!_dss.Ending.IsCancellationRequested) _kept.Update(id, change);
    }

    // What was under way when DSS died: what it made in Azure stays there, and nobody here knows of it.
    private void GiveUp(string id, string state) => _kept.Update(id, kept =>
        Fall(kept, state == Starting ? None : Running, $"DSS was stopped while the cluster was {state}"));

    private static void Fall(JsonObject cluster, string state, string message)
    {
        cluster["state"] = state;
        cluster["error"] = new JsonObject { ["errorType"] = "com.dataiku.dip.exceptions.CodedException", ["message"] = message, ["detailedMessage"] = message };
    }

    private DssAnswer Failed(string code, string told) => _dss.Habits.Failures == DssFailureForm.Messages
        ? DssAnswer.Of(new JsonObject { ["messages"] = DssMessages.Error(code, told) })
        : DssRefusal.Broken("com.dataiku.dip.io.SocketBlockLinkKernelException", $"Failed to run cluster operation: {told}").Answer;

    private static PythonError Raised(Exception problem) => problem switch
    {
        HttpRequestException or IOException => new("azure.core.exceptions.ServiceRequestError", problem.Message),
        DssRefusal => PythonError.Plain(problem.Message),
        InvalidOperationException or InvalidCastException or FormatException or NullReferenceException => new("TypeError", problem.Message),
        _ => new(problem.GetType().Name, problem.Message),
    };
}
