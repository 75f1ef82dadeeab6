using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Planes.Tests;

/// <summary>A virtual machine whose managed run commands are run by bash here, shown as Azure shows them: the last 4096 bytes of each stream.</summary>
internal sealed class RunCommandHost(Remote remote)
{
    public const string Machine = ArmSetup.Group + "/providers/Microsoft.Compute/virtualMachines/vm-test";

    private readonly ConcurrentDictionary<string, JsonObject> commands = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, Task> running = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentQueue<JsonNode> bodies = [];

    /// <summary>What is there now.</summary>
    public IEnumerable<string> Names => commands.Keys;

    /// <summary>Every body that was put.</summary>
    public IReadOnlyList<JsonNode> Bodies => [.. bodies];

    public string Power { get; set; } = "running";

    /// <summary>Whether a lock keeps everything from being removed.</summary>
    public bool IsLocked { get; set; }

    /// <summary>Bends what is shown of a command that has ended.</summary>
    public Func<JsonObject, JsonObject> Bend { get; set; } = view => view;

    public RunCommandHost Begin()
    {
        remote.Otherwise = Answer;
        return this;
    }

    /// <summary>A command that an earlier run left behind.</summary>
    public void Leave(string name, string state) => commands[name] = Shown(name, new() { ["executionState"] = state });

    private static JsonObject Shown(string name, JsonObject view) => new()
    {
        ["id"] = $"{Machine}/runCommands/{name}",
        ["name"] = name,
        ["properties"] = new JsonObject { ["provisioningState"] = "Succeeded", ["instanceView"] = view },
    };

    private static string Last(string text) => text[Math.Max(0, text.Length - 4096)..];

    private Reply Answer(Asked asked) => (asked.Method, asked.Target.Split('?')[0][Machine.Length..].Split('/')) switch
    {
        ("GET", [""]) => Ok(Json.Of(new { name = "vm-test", properties = new { instanceView = new { statuses = new[] { new { code = $"PowerState/{Power}" } } } } })),
        ("GET", ["", "runCommands"]) => Ok(Json.Of(new { value = commands.Values.Select(command => command.DeepClone()) })),
        ("GET", ["", "runCommands", var name]) => commands.TryGetValue(name, out var command) ? Ok(command) with { After = running.GetValueOrDefault(name, Task.CompletedTask) } : Reply.Missing,
        ("PUT", ["", "runCommands", var name]) => Put(name, JsonNode.Parse(asked.Body)!),
        ("DELETE", _) when IsLocked => new Reply(409, """{"error":{"code":"ScopeLocked","message":"The scope cannot perform delete operation because following scope(s) are locked."}}"""),
        ("DELETE", ["", "runCommands", var name]) => new Reply(commands.TryRemove(name, out _) ? 200 : 204),
        _ => Reply.Missing,
    };

    private static Reply Ok(JsonNode body) => new(200, body.ToJsonString());

    private Reply Put(string name, JsonNode body)
    {
        bodies.Enqueue(body.DeepClone());
        commands[name] = Shown(name, new() { ["executionState"] = "Running" });
        running[name] = RunAsync(name, body);
        return new Reply(201, commands[name].ToJsonString());
    }

    private async Task RunAsync(string name, JsonNode body)
    {
        var script = Path.GetTempFileName();
        await File.WriteAllTextAsync(script, $"{body["properties"]!["source"]!["script"]}");
        var start = new ProcessStartInfo("bash", [script]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var parameter in body["properties"]!["protectedParameters"]!.AsArray()) start.Environment[$"{parameter!["name"]}"] = $"{parameter["value"]}";
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        File.Delete(script);
        commands[name] = Shown(name, Bend(new() { ["executionState"] = "Succeeded", ["exitCode"] = 0, ["startTime"] = $"{bodies.Count}", ["output"] = Last(await output), ["error"] = Last(await error) }));
    }
}
