using System.Text.Json;
using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox.Tests;

/// <summary>Run Command, new and old, as a client of Resource Manager uses it.</summary>
internal static class RunCommandCalls
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static string Resource(string name) => $"{MachineWorld.Vm()}/runCommands/{name}";

    public static object Body(string script, object? parameters = null, object? secrets = null, bool waits = false, int timeout = 60) => new
    {
        location = "westeurope",
        properties = new { source = new { script }, asyncExecution = !waits, timeoutInSeconds = timeout, parameters = List(parameters), protectedParameters = List(secrets) },
    };

    /// <summary>Starts a script and gives the view of its end.</summary>
    public static async Task<JsonNode> RunAsync(this MachineWorld world, string name, string script, object? parameters = null, object? secrets = null)
    {
        await world.MakeAsync(Resource(name), "2025-04-01", Body(script, parameters, secrets));
        return await world.ViewAsync(name, view => view["endTime"] is not null);
    }

    /// <summary>Looks at a script until it is as wanted.</summary>
    public static async Task<JsonNode> ViewAsync(this MachineWorld world, string name, Predicate<JsonNode> wanted)
    {
        JsonNode? view = null;
        var began = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(began) < Patience)
        {
            var (_, body) = await world.ArmAsync("GET", $"{Resource(name)}?$expand=instanceView");
            view = body!["properties"]!["instanceView"];
            if (view is not null && wanted(view)) return view;
        }

        throw new InvalidOperationException($"{name} did not become as wanted: {view}");
    }

    public static async Task<string> OldRunAsync(this MachineWorld world, string script)
    {
        using var accepted = await world.PostAsync($"{MachineWorld.Vm()}/runCommand", JsonSerializer.Serialize(new { commandId = "RunShellScript", script = script.Split('\n') }));
        Assert.True((int)accepted.StatusCode == 202, await accepted.Content.ReadAsStringAsync());
        var began = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(began) < Patience)
        {
            var (status, body) = await world.ArmAsync("GET", accepted.Headers.Location!.ToString());
            if (status == 200) return (string)body!["value"]![0]!["message"]!;
        }

        throw new InvalidOperationException("The script does not end.");
    }

    private static object[] List(object? values) => values is null ? [] : [.. JsonSerializer.SerializeToNode(values)!.AsObject().Select(pair => new { name = pair.Key, value = (string?)pair.Value })];
}
