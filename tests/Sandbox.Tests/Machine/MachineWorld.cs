using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox.Tests;

/// <summary>A sandbox with one virtual machine, asked through Resource Manager and by the real ssh.</summary>
internal sealed class MachineWorld : IAsyncDisposable
{
    private const string Compute = "2025-04-01";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder? _folder;
    private readonly string _token;

    private MachineWorld(SandboxClient client, TemporaryFolder? folder, string token) => (Client, _folder, _token) = (client, folder, token);

    public SandboxClient Client { get; }

    public SandboxServer Server => Client.Server;

    public MachineEndpoint Machine => Client.Endpoints.Machines["vm-one"];

    public static string Vm(string name = "vm-one") => $"providers/Microsoft.Compute/virtualMachines/{name}";

    public static string Disk(string name = "disk-one") => $"providers/Microsoft.Compute/disks/{name}";

    /// <summary>A world with a running machine and a data disk of 1 GB at slot 0.</summary>
    public static async Task<MachineWorld> StartAsync(string faults = "", MachineEngine? engine = null)
    {
        var folder = new TemporaryFolder();
        var world = await OpenAsync(folder.Path, faults, folder, "", engine);
        await world.FurnishAsync();
        return world;
    }

    /// <summary>A world in a folder that outlives it.</summary>
    public static Task<MachineWorld> OpenAsync(string folder, string faults = "", string habits = "") => OpenAsync(folder, faults, owned: null, habits);

    public Task FurnishAsync() => Furniture.MakeAsync(this);

    public async Task<JsonNode> MakeAsync(string resource, string version, object body)
    {
        var text = System.Text.Json.JsonSerializer.Serialize(body);
        var (status, answer) = await ArmAsync("PUT", resource, version, text);
        Assert.True(status is 200 or 201 or 202, $"PUT {resource} answered {status}: {answer}");
        return await SettledAsync(resource, version);
    }

    /// <summary>Reads until what was asked for is done.</summary>
    public async Task<JsonNode> SettledAsync(string resource, string version = Compute)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (IsEarly(began))
        {
            var (status, body) = await ArmAsync("GET", resource, version);
            if (status == 200 && (string?)body!["properties"]?["provisioningState"] is null or "Succeeded" or "Failed") return body!;
            await Task.Yield();
        }

        throw new InvalidOperationException($"{resource} does not settle.");
    }

    public async Task ActAsync(string action)
    {
        var (status, body) = await ArmAsync("POST", $"{Vm()}/{action}", Compute);
        Assert.True(status == 202, $"{action} answered {status}: {body}");
        await SettledAsync(Vm());
    }

    public async Task DeleteAsync(string resource, string version = Compute)
    {
        await ArmAsync("DELETE", resource, version);
        var began = TimeProvider.System.GetTimestamp();
        while (IsEarly(began) && (await ArmAsync("GET", resource, version)).Status == 200)
        {
        }
    }

    public async Task<(int Status, JsonNode? Body)> ArmAsync(string method, string resource, string version = Compute, string? body = null)
    {
        var url = $"{Client.Endpoints.Arm}subscriptions/{Client.Endpoints.SubscriptionId}/resourceGroups/rg/{resource}";
        url += (url.Contains('?', StringComparison.Ordinal) ? "&" : "?") + $"api-version={version}";
        using var answer = await Client.SendAsync(new HttpMethod(method), resource.StartsWith("https:", StringComparison.Ordinal) ? resource : url, _token, body);
        var text = await answer.Content.ReadAsStringAsync();
        return ((int)answer.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    public Task<HttpResponseMessage> PostAsync(string resource, string body) =>
        Client.SendAsync(HttpMethod.Post, $"{Client.Endpoints.Arm}subscriptions/{Client.Endpoints.SubscriptionId}/resourceGroups/rg/{resource}?api-version={Compute}", _token, body);

    /// <summary>What a command prints in the machine.</summary>
    public async Task<string> SshAsync(string command)
    {
        var (code, output, errors) = await SshClient.RunAsync(Machine, command);
        Assert.True(code == 0, $"'{command}' ended with {code}: {output}{errors}\n{ConsoleText}");
        return output.Trim();
    }

    /// <summary>The same for a machine that is about to come back.</summary>
    public async Task<string> SshUntilUpAsync(string command)
    {
        for (var began = TimeProvider.System.GetTimestamp(); ;)
        {
            var (code, output, errors) = await SshClient.RunAsync(Machine, command);
            if (code != 255) return output.Trim();
            Assert.True(IsEarly(began), errors);
        }
    }

    public string ConsoleText => File.ReadAllText(Path.Combine(Path.GetDirectoryName(Client.Endpoints.RequestLogFile)!, "machines", "vm-one", "console.log"));

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        _folder?.Dispose();
    }

    private static bool IsEarly(long began) => TimeProvider.System.GetElapsedTime(began) < Patience;

    private static async Task<MachineWorld> OpenAsync(string folder, string faults, TemporaryFolder? owned, string habits = "", MachineEngine? engine = null)
    {
        var client = await SandboxClient.StartInAsync(folder, options => options with { Machine = MachineMode.Namespaces, Engine = engine, Faults = FaultScript.Parse(faults).OrThrow(), DssHabits = habits });
        return new(client, owned, await client.TokenAsync(SandboxClient.Arm));
    }
}
