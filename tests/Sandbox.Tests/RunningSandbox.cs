using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox.Tests;

/// <summary>A sandbox in a process of its own, asked with curl.</summary>
internal sealed class RunningSandbox : IAsyncDisposable
{
    private readonly Process _process;
    private string _token = "";

    private RunningSandbox(Process process, SandboxEndpoints endpoints) => (_process, Endpoints) = (process, endpoints);

    public SandboxEndpoints Endpoints { get; }

    public static Task<RunningSandbox> StartAsync(string folder, params string[] more) => BeginAsync("dotnet", ["exec", typeof(SandboxServer).Assembly.Location, "--state", folder, .. more]);

    /// <summary>Where nobody may make namespaces, as in most containers.</summary>
    public static Task<RunningSandbox> StartWithoutNamespacesAsync(string folder) =>
        BeginAsync("setpriv", ["--bounding-set=-sys_admin", "--inh-caps=-sys_admin", "--", "dotnet", "exec", typeof(SandboxServer).Assembly.Location, "--state", folder]);

    private static async Task<RunningSandbox> BeginAsync(string program, string[] arguments)
    {
        var process = Start(new ProcessStartInfo(program, arguments));
        var text = new StringBuilder();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            text.AppendLine(line);
            if (line == "}") break;
        }

        var endpoints = JsonSerializer.Deserialize<SandboxEndpoints>(text.ToString(), JsonSerializerOptions.Web)!;
        var sandbox = new RunningSandbox(process, endpoints);
        sandbox._token = await sandbox.TokenAsync();
        return sandbox;
    }

    public async Task<(int Status, JsonNode? Body)> ArmAsync(string method, string path, string? body = null)
    {
        string[] arguments =
        [
            "-sS", "--cacert", Endpoints.CaFile, "-X", method, "-w", "\n%{http_code}", "-H", $"Authorization: Bearer {_token}",
            $"{Endpoints.Arm}subscriptions/{Endpoints.SubscriptionId}/{path}",
            .. body is null ? Array.Empty<string>() : ["-H", "Content-Type: application/json", "-d", body],
        ];
        var output = await CurlAsync(arguments);
        var end = output.LastIndexOf('\n');
        return (int.Parse(output[(end + 1)..], CultureInfo.InvariantCulture), end > 0 ? JsonNode.Parse(output[..end]) : null);
    }

    /// <summary>The same with az, which must be installed.</summary>
    public async Task<JsonNode> AzAsync(string method, string path, string body)
    {
        var start = new ProcessStartInfo(
            "az",
            [
                "rest", "--skip-authorization-header", "--headers", $"Authorization=Bearer {_token}", "--method", method,
                "--url", $"{Endpoints.Arm}subscriptions/{Endpoints.SubscriptionId}/{path}", "--body", body,
            ])
        {
            Environment = { ["REQUESTS_CA_BUNDLE"] = Endpoints.CaFile, ["AZURE_CORE_COLLECT_TELEMETRY"] = "0" },
        };
        return JsonNode.Parse(await OutputAsync(start))!;
    }

    /// <summary>Asks again until the answer is as wanted; each ask moves the operation on.</summary>
    public async Task<JsonNode> UntilAsync(string path, Predicate<(int Status, JsonNode? Body)> wanted)
    {
        for (var asked = 0; asked < 20; asked++)
        {
            var answer = await ArmAsync("GET", path);
            if (wanted(answer)) return answer.Body!;
        }

        throw new InvalidOperationException($"{path} did not become as wanted.");
    }

    public async Task<int> TerminateAsync()
    {
        using var kill = Start(new ProcessStartInfo("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]));
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    /// <summary>Ends it as a crash would: nothing of it gets to tidy up.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public Task<string> RestOfOutputAsync() => _process.StandardOutput.ReadToEndAsync();

    public Task<string> RestOfErrorsAsync() => _process.StandardError.ReadToEndAsync();

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await TerminateAsync();
        _process.Dispose();
    }

    private async Task<string> TokenAsync()
    {
        var answer = await CurlAsync(
        [
            "-sS", "--cacert", Endpoints.CaFile, $"{Endpoints.Authority}{Endpoints.TenantId}/oauth2/v2.0/token",
            "-d", "grant_type=client_credentials", "-d", "scope=https://management.azure.com/.default",
            "-d", $"client_id={Endpoints.ClientId}", "-d", $"client_secret={Endpoints.ClientSecret}",
        ]);
        return (string)JsonNode.Parse(answer)!["access_token"]!;
    }

    private static Task<string> CurlAsync(string[] arguments) => OutputAsync(new ProcessStartInfo("curl", arguments));

    private static async Task<string> OutputAsync(ProcessStartInfo start)
    {
        using var process = Start(start);
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
        return output;
    }

    private static Process Start(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.UseShellExecute = false;
        return Process.Start(start)!;
    }
}
