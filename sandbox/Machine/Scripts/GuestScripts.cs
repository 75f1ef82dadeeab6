using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>The scripts that Run Command runs in the machines of a world, and what is kept of them in it.</summary>
internal sealed class GuestScripts(ArmStore store, Machines machines, TimeProvider clock) : IAsyncDisposable
{
    public const string View = "properties.instanceView";

    private readonly ConcurrentDictionary<string, RunningScript> _running = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<Task, bool> _work = [];

    /// <summary>Starts a script; <paramref name="id"/> is the resource, or the machine for the old action.</summary>
    public RunningScript Start(string id, string machine, GuestScript script)
    {
        Stop(id);
        var run = _running[id] = new RunningScript(script, clock);
        Keep(Task.Run(() => RunAsync(id, machine, run)));
        return run;
    }

    public RunningScript? Of(string id) => _running.GetValueOrDefault(id);

    public bool IsRunning(string id) => Of(id) is { End: null };

    /// <summary>Ends a script and removes what is left of it in the machine.</summary>
    public void Stop(string id)
    {
        if (_running.TryRemove(id, out var run)) run.Stop();
    }

    /// <summary>The same, and its folder in the machine goes as well.</summary>
    public void Remove(string id, string machine, string name)
    {
        Stop(id);
        Keep(RemoveAsync(machine, name));
    }

    /// <summary>What ran when the last sandbox ended runs no more.</summary>
    public void GiveUpOld()
    {
        lock (store.Gate)
        {
            foreach (var record in store.Type("Microsoft.Compute/virtualMachines/runCommands").Where(record => Dotted.Text(record.Hidden, $"{View}.executionState") == "Running").ToList())
            {
                Dotted.Write(record.Hidden, $"{View}.executionState", "Failed");
                Dotted.Write(record.Hidden, $"{View}.exitCode", -1);
                Dotted.Write(record.Hidden, $"{View}.executionMessage", "The machine went down while the script ran.");
                store.Save(record);
            }

            store.Commit();
        }
    }

    public static JsonObject ViewOf(RunningScript run) => new()
    {
        ["executionState"] = run.End?.State ?? "Running",
        ["executionMessage"] = run.End?.Message ?? "Execution in progress",
        ["exitCode"] = run.End?.Code ?? 0,
        ["output"] = run.Output,
        ["error"] = run.Errors,
        ["startTime"] = run.Started.ToString("O"),
        ["endTime"] = run.End?.At.ToString("O"),
    };

    public async ValueTask DisposeAsync()
    {
        foreach (var run in _running.Values) run.Stop();
        await Task.WhenAll(_work.Keys);
    }

    private void Keep(Task work)
    {
        _work[work] = true;
        _ = work.ContinueWith(done => _work.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task RemoveAsync(string machine, string name)
    {
        if (machines.Of(machine) is not { } there || await there.UpAsync(CancellationToken.None) is not { } up) return;
        var folder = up.PathOf(new GuestScript { Name = name, Text = "" }.Folder);
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    private async Task RunAsync(string id, string machine, RunningScript run)
    {
        await run.RunAsync(cancel => UpAsync(machine, cancel));
        lock (store.Gate)
        {
            if (Of(id) != run || store.Record(id) is not { } record || record.Id.Type == VirtualMachineRules.Type) return;
            Dotted.Write(record.Hidden, View, ViewOf(run));
            store.Save(record);
            store.Commit();
        }
    }

    private async Task<MachineProcess?> UpAsync(string machine, CancellationToken cancel)
    {
        if (machines.Of(machine) is not { } there || await there.UpAsync(cancel) is not { } up) return null;
        await there.Events.RunAsync(up, cancel);
        return await there.UpAsync(cancel);
    }
}
