using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>Managed run commands of one virtual machine: each is a resource that runs a script as root, and is removed when it has been read. What a lock holds stays, and is used again for the next script.</summary>
/// <param name="machine">ARM id of the virtual machine.</param>
internal sealed class RunCommands(Arm arm, string machine, string location)
{
    private const string ApiVersion = "2025-04-01";
    private const string Prefix = "dss-pipeline-";

    // Longer than anything that a step on the machine takes, so that the handler never kills one.
    private const int Longest = 4 * 60 * 60;

    // Azure takes 25 of them. Until there are so many, a run uses none again that may still be another run's.
    private const int Crowd = 15;

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan StartsWithin = TimeSpan.FromMinutes(10);

    // Azure runs nothing again that has the name and the settings of an earlier one.
    private readonly string run = $"{Prefix}{Guid.NewGuid():n}"[..24];
    private readonly ConcurrentQueue<string> held = [];
    private int count;

    /// <summary>A name that no other delivery has.</summary>
    public string NextName() => $"{run}-{Interlocked.Increment(ref count)}";

    public async Task<bool> IsMachineRunningAsync(CancellationToken cancel)
    {
        var seen = await arm.GetAsync($"{machine}?$expand=instanceView", ApiVersion, cancel);
        return (Pointer.At(seen, "/properties/instanceView/statuses") as JsonArray ?? []).Any(status => $"{status?["code"]}" == "PowerState/running");
    }

    /// <summary>Runs a script to its end.</summary>
    /// <param name="parameters">Handed to the script in its environment, and to nobody who asks Azure.</param>
    /// <param name="heard">Hears standard error as it grows.</param>
    /// <returns>Its last words on both streams.</returns>
    public async Task<(string Output, string Error)> RunAsync(string name, string script, IEnumerable<(string Name, string Value)> parameters, Action<string> heard, CancellationToken cancel)
    {
        var used = held.TryDequeue(out var kept) ? kept : name;
        var id = IdOf(used);
        var isOver = false;
        try
        {
            await arm.PutAsync(id, ApiVersion, Body(script, [("ERRAND", name), .. parameters]), CancellationToken.None);
            var view = await EndAsync(id, heard, cancel);
            isOver = true;
            return ($"{view["output"]}", $"{view["error"]}");
        }
        finally
        {
            // Removing one that runs would stop it; what nobody waits for any more is left to the next run.
            if ((isOver || !cancel.IsCancellationRequested) && !await arm.DeleteUnlessLockedAsync(id, ApiVersion, CancellationToken.None) && isOver) held.Enqueue(used);
        }
    }

    /// <summary>Removes what earlier runs left behind and is over.</summary>
    public async Task ClearAsync(CancellationToken cancel)
    {
        var all = await arm.ListAsync($"{machine}/runCommands", ApiVersion, cancel);
        var isCrowded = all.Count >= Crowd;
        var others = all.Select(command => $"{command["name"]}").Where(name => name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && !name.StartsWith(run, StringComparison.OrdinalIgnoreCase));
        await Task.WhenAll(others.Select(name => ClearAsync(name, isCrowded, cancel)));
    }

    private static JsonNode Parameter((string Name, string Value) parameter) => Json.Of(new { name = parameter.Name, value = parameter.Value });

    private string IdOf(string name) => $"{machine}/runCommands/{name}";

    private JsonNode Body(string script, IEnumerable<(string Name, string Value)> parameters) => Json.Of(new
    {
        location,
        properties = new
        {
            source = new { script },
            protectedParameters = parameters.Select(Parameter).ToArray(),
            asyncExecution = true,
            timeoutInSeconds = Longest,
            treatFailureAsDeploymentFailure = false,
        },
    });

    private async Task ClearAsync(string name, bool isCrowded, CancellationToken cancel)
    {
        var view = await ViewAsync(IdOf(name), cancel);
        if (view is not null && !IsOver(view)) return;
        if (!await arm.DeleteUnlessLockedAsync(IdOf(name), ApiVersion, cancel) && isCrowded) held.Enqueue(name);
    }

    private async Task<JsonNode> EndAsync(string id, Action<string> heard, CancellationToken cancel)
    {
        var begun = arm.Clock.GetUtcNow();
        for (var pause = TimeSpan.FromSeconds(1); ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            var view = await ViewAsync(id, cancel) ?? throw Lost("Its run command was removed while it ran.", ShellException.Broken);
            heard($"{view["error"]}");
            if (IsOver(view)) return view;
            if (!HasBegun(view) && arm.Clock.GetUtcNow() - begun > StartsWithin) throw Lost($"The command was handed over and not begun; its state is {view["executionState"]}.", "RunCommandNeverStarted");

            await Task.Delay(pause, arm.Clock, cancel);
        }
    }

    private async Task<JsonNode?> ViewAsync(string id, CancellationToken cancel)
    {
        var seen = await arm.GetAsync($"{id}?$expand=instanceView", ApiVersion, cancel);
        return seen is null ? null : Pointer.At(seen, "/properties/instanceView") ?? new JsonObject();
    }

    private static bool HasBegun(JsonNode view) => IsOver(view) || $"{view["executionState"]}" is "Running";

    private static bool IsOver(JsonNode view) => $"{view["executionState"]}" is "Failed" or "Succeeded" or "TimedOut" or "Canceled";

    private static ShellException Lost(string words, string code) => new(new RemoteError(0, code, words));
}
